/** Training a run again, to compare its parameters. Keys begin with `verify.` */
export const verification = {
  'verify.model.best': 'best model',
  'verify.model.newest': 'newest model',
  'verify.same':
    'The same, to the last bit: trained again by the kernels {build}, the run has the parameters that it keeps.',
  'verify.differs': 'Trained again by the kernels {build}, the run has other parameters than those that it keeps.',
  'verify.differs.hint': 'Its files were changed, or it was trained by another version of the program.',
  'verify.differs.plan':
    'It was gone on with while its steps followed a plan: where that was for more epochs, the plan before is not known, and nothing is wrong.',
  'verify.impossible.hint': 'Nothing is said of whether its parameters are right.',
  'verify.other-engine':
    'It was computed on the engine {engine}, where the last bits are not the same every time: that cannot be verified.',
  'verify.several-builds':
    'It was computed by several kernels, one after another, so that it cannot be verified by one.',
  'verify.unknown-build': 'Its files do not say which kernels computed it, so that it cannot be verified.',
  'verify.model.same': 'The {model} is the same:',
  'verify.model.differs': 'The {model} differs; the one that is kept:',
  'verify.busy': 'A run is being verified already.',
  'verify.busy.hint': 'Wait until it is done, or give it up.',
  'verify.training': 'A run is under way, and another cannot be trained again beside it.',
  'verify.training.hint': 'Verify it when that run is over or put aside.',
  'verify.gave-way': 'Verifying was given up, since a run has begun.',
  'verify.gave-way.hint': 'Verify it again when that run is over.',
  'verify.given-up': 'Verifying was given up.',
  'verify.given-up.hint': 'Nothing was changed.',
} as const
