import type { readingPictures as english } from '../english/reading-pictures'
import type { Translation } from '../translation'

export const readingPictures: Translation<typeof english> = {
  // Picture files
  'read.picture.not': '{name}[은/는] 읽을 수 있는 그림 파일이 아닙니다.',
  'read.picture.not.hint': '읽을 수 있는 그림 형식은 PNG, JPEG, BMP, GIF, WebP, TIFF, PBM, PGM, PPM입니다.',
  'read.picture.damaged': '{format} 그림 {name}[이/가] 손상되었습니다: {why}.',
  'read.picture.damaged.hint': '원본을 다시 복사하거나 이 그림을 빼 주세요.',
  'read.picture.why.cut': '중간에 잘렸거나 체크섬이 맞지 않습니다',
  'read.picture.why.larger': '전체보다 큰 그림이 들어 있습니다',
  'read.picture.why.undecodable': '그림을 풀어낼 수 없습니다',
  'read.picture.why.size': '크기가 {width}×{height}입니다',
  'read.picture.many-pixels':
    '그림 {name}[은/는] {width}×{height} 픽셀입니다. 전체 픽셀 수가 {most, number}개인 그림까지 읽습니다.',
  'read.picture.large-file': '그림 {name}[은/는] {bytes, number}바이트입니다. 최대 {most, number}바이트까지 읽습니다.',
  'read.picture.smaller.hint': '먼저 크기를 줄여 주세요.',
  'read.picture.single': '{name}[은/는] 그림 한 장입니다.',
  'read.picture.single.hint': '그림이 들어 있는 폴더를 골라 주세요. 그 안의 그림 한 장이 한 행이 됩니다.',
  'read.picture.fitted': '그림을 {width}×{height} 픽셀에 맞추었습니다.',
  'read.picture.unsuited-size':
    '{width}×{height} 픽셀 그림은 모델로 다룰 수 없습니다. 전체 픽셀 수가 {least, number}~{most, number}개여야 합니다.',
  'read.picture.unsuited-size.hint': '그림 크기를 다르게 정해 주세요.',
  // Folders and archives of pictures
  'read.picture.many-files': '폴더 {folder}에 파일이 {most, number}개 넘게 있습니다.',
  'read.picture.many-files.hint': '파일이 더 적은 폴더를 골라 주세요.',
  'read.picture.unreachable': '폴더 {folder}에 이름이 UTF-8이 아닌 파일이 있습니다: {path}.',
  'read.picture.unreachable.hint': '파일 이름을 바꾸거나 다른 폴더를 골라 주세요.',
  'read.picture.passed-over':
    '{kind, select, folder {폴더} zip {zip 파일} other {tar 파일}}에서 그림이 아닌 파일 {files, plural, other {#개}}는 뺐습니다: {listed}.',
  // Labels of pictures
  'read.picture.labels.column': '그림의 레이블은 {path}의 “{column}” 열에서 가져왔습니다.',
  'read.picture.labels.beside': '그림의 레이블은 {path}에서 그림 이름 옆에 적힌 것을 가져왔습니다.',
  'read.picture.labels.listed': '그림의 레이블은 {path}에서 이름순으로 한 줄에 하나씩 가져왔습니다.',
  'read.picture.labels.none': '그림 {pictures, plural, other {#장}}은 거기에 레이블이 없습니다.',
}
