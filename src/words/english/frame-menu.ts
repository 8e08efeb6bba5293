/** The application's menu. Keys begin with `frame.menu.` */
export const frameMenu = {
  'frame.menu.about': 'About MADE Studio',
  'frame.menu.settings': 'Settings…',
  'frame.menu.quit': 'Quit MADE Studio',
  'frame.menu.exit': 'Exit',

  'frame.menu.file': 'File',
  'frame.menu.open-data': 'Open Data…',
  'frame.menu.recent': 'Open Recent',
  'frame.menu.export-samples': 'Export Samples…',
  'frame.menu.fill-missing': 'Fill In Missing Values…',
  'frame.menu.reveal-run': 'Show Folder of Run',
  'frame.menu.close-window': 'Close Window',

  'frame.menu.edit': 'Edit',
  'frame.menu.undo': 'Undo',
  'frame.menu.redo': 'Redo',
  'frame.menu.cut': 'Cut',
  'frame.menu.copy': 'Copy',
  'frame.menu.paste': 'Paste',
  'frame.menu.delete': 'Delete',
  'frame.menu.select-all': 'Select All',

  'frame.menu.run': 'Run',
  'frame.menu.primary-action': 'Primary Action',
  'frame.menu.toggle-pause': 'Pause or Resume Training',

  'frame.menu.view': 'View',
  'frame.menu.actual-size': 'Actual Size',
  'frame.menu.zoom-in': 'Zoom In',
  'frame.menu.zoom-out': 'Zoom Out',
  'frame.menu.full-screen': 'Toggle Full Screen',
  'frame.menu.projector': 'Projector',

  'frame.menu.window': 'Window',
  'frame.menu.minimize': 'Minimize',
  'frame.menu.zoom-window': 'Zoom',
  'frame.menu.to-front': 'Bring All to Front',

  'frame.menu.help': 'Help',
  'frame.menu.learn': 'How MADE Works',
} as const
