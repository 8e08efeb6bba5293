/** The first page. Keys begin with `home.` */
export const homeView = {
  'home.title': 'Digits that nobody wrote',
  'home.text':
    'A small neural network has looked at 50,000 handwritten digits. Now it makes up new ones, pixel by pixel: each is decided by those before it. It all happens on this computer.',
  'home.field': 'Digits that a model draws just now',
  'home.beginning': 'The first digits are coming…',
  'home.drawing': 'Pixel {drawn} of {pixels}',
  'home.drawing-as': 'It is drawing the digit {digit}: pixel {drawn} of {pixels}',
  'home.drawn': 'A digit that has never been there before',
  'home.drawn-as': 'This {digit} has never been there before',
  'home.pause': 'Hold the drawing',
  'home.go-on': 'Go on drawing',
  'home.play': 'Play with a model',
  'home.play.text': 'Paint half a digit and see how it could end. Ask what is likely.',
  'home.watch': 'Watch it learn',
  'home.watch.see': 'See it learn',
  'home.watch.text': 'Train a model of your own. After half a minute it draws.',
  'home.watch.starting': 'Getting the digits ready…',
  'home.watch.running': 'A model is being trained right now.',
  'home.bring': 'Bring your own data',
  'home.bring.text': 'A spreadsheet, a table, pictures: choose a file, or drop it anywhere.',
} as const
