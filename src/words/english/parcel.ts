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
} as const
