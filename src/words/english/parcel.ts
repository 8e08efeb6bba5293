/** Parcels: a run with its model in one zip file. Keys begin with `parcel.` */
export const parcel = {
  'parcel.too-large': 'What is to be packed is too large for a zip file: at most 4 GiB.',
  'parcel.too-large.hint': 'Copy the folder of the run instead.',

  // What lies in it.
  'parcel.readme.report': 'report.html is the report of this run. Its charts and tables lie in charts and tables.',
  'parcel.readme.model':
    'model.safetensors is its best model: weights, orderings, degrees, and how rows become inputs.',
  'parcel.readme.run': 'run.json holds its settings, the hash of its data and its results; metrics.jsonl its losses.',
  'parcel.readme.load':
    'load.py loads the model with PyTorch alone, computes the loss of test.npy (or of another .npy file of zeros and ones that it is given) and draws samples.',
  'parcel.readme.test':
    'test.npy holds {rows, plural, one {# test row} other {# test rows}}. Averaged over {connectivities, plural, one {the stored connectivity} other {the # stored connectivities}}, their mean loss is {nats} nats; load.py finds the same to 0.0001.',
  'parcel.readme.no-test':
    'The test rows are not in this parcel. “made data convert” writes data as arrays; “made evaluate --model model.safetensors --data …” computes the loss of rows.',
  'parcel.readme.open': 'Dropped on the window of MADE Studio, this file is among its runs.',

  // Taking one in.
  'parcel.it': 'the run in {file}',
  'parcel.damaged.record': 'This parcel is damaged: its run.json cannot be read.',
  'parcel.damaged.other-model': 'This parcel is damaged: its model is not that of its run.',
  'parcel.damaged.strange': 'This is no parcel of MADE Studio: the file {part} in it leads elsewhere.',
  'parcel.damaged.hint': 'Ask whoever made it for another one. Nothing was taken in.',
  'parcel.many-files':
    'This is no parcel of MADE Studio: there are {files, number} files in it, and at most {most, number} in a parcel.',
  'parcel.part-large': 'This is no parcel of MADE Studio: the file {part} in it is too large.',
} as const
