/** The model and its settings. Keys begin with `model.` */
export const model = {
  /** Engines. */
  'model.engine.cpu': 'The processor; always there.',
  'model.engine.webgpu': 'The graphics card, through the browser engine that this application is made with.',
  'model.engine.tensorflow': 'NVIDIA cards, through CUDA 11.2 and cuDNN 8.1; the processor where there are none.',

  /** Architectures that cannot be. */
  'model.number':
    'The {what, select, inputs {number of inputs} layers {number of hidden layers} units {number of units of hidden layer {layer}} values {number of values of a variable} other {number of equal variables}} is {value}; it must be a whole number from {least} to {most}.',
  'model.number.hint': 'Change the number and try again.',
  'model.unknown-activation': 'The activation {activation} is not known.',
  'model.unknown-activation.hint': 'Choose one of {activations}.',
  'model.too-many-parameters': 'This model would have {parameters, number} parameters; the most is {most, number}.',
  'model.too-many-parameters.hint': 'Use fewer hidden units or fewer layers.',
  'model.variables.columns': 'The variables have {columns} columns, but the model has {inputs} inputs.',
  'model.variables.too-few': 'The number of variables is {variables}; it must be at least {least}.',
  'model.variables.leading': 'The leading variable {variable} is not one of 0 to {last}.',
  'model.variables.leads-twice': 'The variable {variable} leads twice.',
  'model.variables.unknown-kind': 'A variable of the kind {kind} is not known.',
  'model.variables.hint': 'Change how the columns are used, and try again.',
  'model.orthogonal-too-wide':
    'An orthogonal start is offered for layers up to {most} units wide; this model has a wider one.',
  'model.orthogonal-too-wide.hint': 'Choose the uniform start.',
  'model.too-many-pairs':
    '{orderings} orderings with {masks} masks make {pairs} pairs to average over; the most is {most}.',
  'model.too-many-pairs.hint': 'Choose two numbers of which one divides the other, such as 32 and 32.',
  'model.list-length':
    'The number of {what, select, orderings {orderings} other {masks}} is {value}; it must be a whole number from 1 to {most}, or −1 for unlimited.',
  'model.misfit.layers': 'The model holds degrees for {layers} layers, which does not fit its architecture.',
  'model.misfit.degrees':
    'The model holds {degrees} degrees for hidden layer {layer}, which does not fit its architecture.',
  'model.misfit.degree':
    'The model holds the degree {degree}, outside 1 to {most}, which does not fit its architecture.',
  'model.misfit.ordering':
    'The model holds an ordering of {places} {what, select, inputs {inputs} other {variables}}, which does not fit its architecture.',
  'model.misfit.permutation':
    'The model holds an ordering that is not a permutation of 1 to {variables}, which does not fit its architecture.',
  'model.misfit.leading':
    'The model holds an ordering in which the leading variables do not come first, which does not fit its architecture.',
  'model.misfit.hint': 'Export the model again from where it was made.',
} as const
