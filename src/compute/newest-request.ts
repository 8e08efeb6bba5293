import { givenUp } from '../base/serial-queue'

/** What is looked at in one place: asking for something else gives up what still waits. */
export class NewestRequest {
  private newest: { readonly what: string; readonly control: AbortController } | null = null

  /** @returns a signal that aborts when something else is asked for */
  signalFor(what: unknown): AbortSignal {
    const text = JSON.stringify(what)
    return this.newest?.what === text ? this.newest.control.signal : this.begin(text)
  }

  /** @returns a signal that aborts when anything is asked for, be it the same again */
  next(): AbortSignal {
    return this.begin('')
  }

  private begin(what: string): AbortSignal {
    this.newest?.control.abort(givenUp())
    const control = new AbortController()
    this.newest = { what, control }
    return control.signal
  }
}
