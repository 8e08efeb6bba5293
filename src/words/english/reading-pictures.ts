/** Reading pictures, and the labels beside them. Keys begin with `read.picture.` */
export const readingPictures = {
  // Picture files
  'read.picture.not': 'The file {name} is no picture that is read.',
  'read.picture.not.hint': 'Pictures that are read: PNG, JPEG, BMP, GIF, WebP, TIFF, PBM, PGM and PPM.',
  'read.picture.damaged': 'The {format} picture {name} is damaged: {why}.',
  'read.picture.damaged.hint': 'Copy it again from where it came, or leave it out.',
  'read.picture.why.cut': 'it is cut off or its checksum is wrong',
  'read.picture.why.larger': 'it holds a picture that is larger than the whole',
  'read.picture.why.undecodable': 'it cannot be decoded',
  'read.picture.why.size': 'its size is {width}×{height}',
  'read.picture.many-pixels': 'The picture {name} has {width}×{height} pixels; the most is {most, number} in all.',
  'read.picture.large-file': 'The picture {name} has {bytes, number} bytes; the most is {most, number}.',
  'read.picture.smaller.hint': 'Make it smaller first.',
  'read.picture.single': 'The file {name} is a single picture.',
  'read.picture.single.hint': 'Choose the folder that it is in: each picture in it becomes one row.',
  'read.picture.fitted': 'The pictures were fitted into {width}×{height} pixels.',
  'read.picture.unsuited-size':
    'Pictures of {width}×{height} pixels cannot be modelled; it must be {least, number} to {most, number} pixels in all.',
  'read.picture.unsuited-size.hint': 'Choose another size for the pictures.',
  // Folders and archives of pictures
  'read.picture.many-files': 'The folder {folder} holds more than {most, number} files.',
  'read.picture.many-files.hint': 'Choose a folder with fewer files.',
  'read.picture.unreachable': 'The folder {folder} holds a file whose name is not UTF-8: {path}.',
  'read.picture.unreachable.hint': 'Rename it, or choose another folder.',
  'read.picture.passed-over':
    '{kind, select, folder {The folder} zip {The zip file} other {The tar file}} holds {files, plural, one {# file beside its pictures that was} other {# files beside its pictures that were}} left out: {listed}.',
  // Labels of pictures
  'read.picture.labels.column': 'The labels of the pictures were taken from {path}, column “{column}”.',
  'read.picture.labels.beside': 'The labels of the pictures were taken from {path}, beside their names.',
  'read.picture.labels.listed':
    'The labels of the pictures were taken from {path}, a line for each, in the order of their names.',
  'read.picture.labels.none': '{pictures, plural, one {One picture has} other {# pictures have}} no label there.',
} as const
