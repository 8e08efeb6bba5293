/** What the views are called. Keys begin with `view.` */
export const views = {
  'view.home': 'Home',
  'view.data': 'Data',
  'view.model': 'Model',
  'view.train': 'Train',
  'view.samples': 'Samples',
  'view.ask': 'Ask',
  'view.runs': 'Runs',
  'view.learn': 'Learn',
  'view.settings': 'Settings',
} as const
