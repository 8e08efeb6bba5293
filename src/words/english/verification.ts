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
} as const
