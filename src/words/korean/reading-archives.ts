import type { readingArchives as english } from '../english/reading-archives'
import type { Translation } from '../translation'

export const readingArchives: Translation<typeof english> = {
  'read.archive.absent': '{file} 파일에 {name}[이/가] 없습니다.',
  'read.archive.absent.hint': '다른 파일을 고르거나 다시 저장해 보세요.',
  'read.archive.nested': '{kind} 파일 {file} 안에 또 다른 압축 파일 {inner}[이/가] 들어 있습니다.',
  'read.archive.nested.hint': '압축을 푼 다음 안에 든 압축 파일이나 그 안의 파일을 골라 주세요.',
  'read.archive.twice': '{file} 파일은 두 번 압축되어 있습니다: {format}[을/를] {packing}[으로/로] 다시 압축했습니다.',
  'read.archive.twice.hint': '먼저 압축을 풀어 주세요.',
  'read.archive.tar-large': 'tar 파일 {file}의 압축을 풀면 {bytes, number}바이트나 파일 {files, number}개를 넘습니다.',
  'read.archive.tar-large.hint': '압축을 푼 다음 안에 든 파일이나 폴더를 골라 주세요.',
  'read.archive.part-large':
    '{file} 안의 {part}[은/는] 압축을 풀면 {bytes, number}바이트입니다. 최대 {most, number}바이트까지 읽습니다.',
  'read.archive.part-large.hint': '행을 줄이거나 uint8처럼 더 작은 자료형으로 저장해 보세요.',
  'read.archive.encrypted': '{file} 안의 {part}[은/는] 암호화되어 있어서 읽을 수 없습니다.',
  'read.archive.method': '{file} 안의 {part}[은/는] 읽을 수 없는 방식({method}번)으로 압축되어 있습니다.',
  'read.archive.repack.hint': '파일을 만든 프로그램에서 압축을 풀거나, 암호 없이 다시 저장해 보세요.',
  'read.archive.many-files': '{file} 안에 파일이 {most, number}개 넘게 들어 있습니다.',
  'read.archive.many-files.hint': '파일을 줄여 주세요.',
  // Why an archive is damaged: each follows a colon
  'read.archive.why.not-unpacked': '압축을 풀 수 없습니다',
  'read.archive.why.bomb': '내용이 서로 겹칩니다. 압축 폭탄(zip bomb)의 특징입니다',
  'read.archive.why.folder': '{part}[은/는] 폴더라고 되어 있는데 내용이 있습니다',
  'read.archive.why.length': '{part}의 길이가 목록에 적힌 것과 다릅니다',
  'read.archive.why.checksum': '{part}의 체크섬이 맞지 않습니다',
  'read.archive.why.local': '{part}의 시작 부분에 적힌 설명이 목록과 다릅니다',
  'read.archive.why.part': '{part}의 압축을 풀 수 없습니다({why})',
  'read.archive.why.directory': '파일 목록이 끝부분에 적힌 것과 다릅니다',
  'read.archive.why.nameless': '이름 없는 파일이 들어 있습니다',
  'read.archive.why.twice': '{part}[이/가] 두 번 들어 있습니다',
  'read.archive.why.outside': '{part}[이/가] 파일 밖에 있습니다',
  'read.archive.why.ratio': '{part}의 압축을 풀어도 {bytes, number}바이트가 될 수 없습니다',
}
