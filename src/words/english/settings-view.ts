/** The view Settings. Keys begin with `settings.` */
export const settingsView = {
  'settings.like-system': 'Like the system',

  'settings.language': 'Language',
  'settings.appearance': 'Appearance',
  'settings.appearance.light': 'Light',
  'settings.appearance.dark': 'Dark',

  // Engines.
  'settings.engine': 'Engine',
  'settings.engine.text': 'Which part of the computer does the work for new runs; a model’s own setting goes first.',
  'settings.engine.auto': 'Choose for me',
  'settings.engine.auto.timed': 'The fastest: when training begins, a few updates of the model are timed on {engines}.',
  'settings.engine.auto.one': 'The fastest one that is there.',
  'settings.engine.auto.now': 'The fastest one that is there: now {engine}.',
  'settings.engine.measured': 'Last for “{name}”: {speeds}.',

  // The add-on pack of TensorFlow.
  'settings.add-on.installed': 'The add-on pack of TensorFlow {version} is installed.',
  'settings.add-on.text':
    'TensorFlow comes as an add-on pack, a file beside the installers. It is worth having with an NVIDIA card for which CUDA 11.2 and cuDNN 8.1 are installed; WebGPU drives every card without it.',
  'settings.add-on.remove': 'Remove',
  'settings.add-on.add': 'Add from a file…',
  'settings.add-on.unpacking': 'Unpacking…',
  'settings.add-on.is-installed': 'TensorFlow is installed.',
  'settings.add-on.is-removed': 'The add-on pack of TensorFlow is removed.',

  // While it works.
  'settings.work': 'While it works',
  'settings.awake': 'Keep the computer awake',
  'settings.awake.help':
    'While a run trains, the system does not put the computer to sleep; the screen may still go dark.',

  // The folder of runs.
  'settings.folder': 'Folder of runs',
  'settings.folder.text': 'Models, curves and checkpoints are kept here, a folder for each run.',
  'settings.folder.choose': 'Choose…',
  'settings.folder.moving': '{runs, plural, one {Moving # run…} other {Moving # runs…}}',
  'settings.folder.copying': '{runs, plural, one {Copying # run…} other {Copying # runs…}}',
  'settings.folder.arrived': 'Runs that have arrived',

  // About.
  'settings.about': 'About',
  'settings.about.system': 'System',
  'settings.about.text':
    'MADE is by Germain, Gregor, Murray and Larochelle (ICML 2015). The digits are MNIST, by LeCun, Cortes and Burges; the mushrooms are of the UCI Machine Learning Repository (CC BY 4.0). Nothing leaves this computer: the application never uses the network.',
  'settings.licences': 'Licences',
  'settings.licences.show': 'Licences…',
} as const
