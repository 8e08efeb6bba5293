import type { files as english } from '../english/files'
import type { Translation } from '../translation'

export const files: Translation<typeof english> = {
  'file.newer-version':
    '{what}[은/는] 더 새로운 MADE Studio가 저장한 것입니다. 버전 {version}인데, 이 프로그램은 버전 {newest}까지 읽을 수 있습니다.',
  'file.newer-version.hint': '아무것도 바꾸지 않았습니다. 사용하려면 MADE Studio를 업데이트해 주세요.',
  'file.unreadable': '{path}[을/를] 읽을 수 없습니다({reason}).',
  'file.unreadable.hint': '아무것도 바꾸지 않았습니다. 읽기 권한이 있는지, 디스크가 연결되어 있는지 확인해 주세요.',
  'file.disk-full': '디스크가 가득 차서 {path}[을/를] 저장하지 못했습니다.',
  'file.disk-full.hint': '그전에 저장한 것은 모두 그대로 있습니다. 디스크에 빈 공간을 마련한 뒤 계속해 주세요.',
  'file.not-written': '{path}[을/를] 저장하지 못했습니다({reason}).',
  'file.not-removed': '{path}[을/를] 지우지 못했습니다({reason}).',
  'file.folder-not-made': '폴더 {path}[을/를] 만들지 못했습니다({reason}).',
  'file.not-writable.hint':
    '그전에 저장한 것은 모두 그대로 있습니다. 폴더에 쓰기 권한이 있는지, 디스크가 연결되어 있는지 확인해 주세요.',
  'file.link-not-moved': '링크 {path}[을/를] 옮기지 못했습니다.',
  'file.link-not-moved.hint': '링크가 가리키는 폴더는 그대로 있습니다. 그 옆에 링크를 만들 수 있는지 확인해 주세요.',

  'file.reason.not-allowed': '쓰기 권한이 없습니다',
  'file.reason.not-readable': '읽기 권한이 없습니다',
  'file.reason.read-only': '디스크가 읽기 전용입니다',
  'file.reason.no-folder': '폴더가 없습니다',
  'file.reason.folder-is-file': '폴더가 있어야 할 곳에 파일이 있습니다',
  'file.reason.exists': '같은 이름의 다른 것이 있습니다',
  'file.reason.is-folder': '같은 이름의 폴더가 있습니다',
  'file.reason.long-name': '이름이 너무 깁니다',
  'file.reason.bad-name': '이름에 쓸 수 없는 문자가 있습니다',
  'file.reason.link-loop': '링크가 자기 자신을 가리킵니다',
  'file.reason.disk-faulty': '디스크가 제대로 응답하지 않습니다',
  'file.reason.in-use': '다른 프로그램이 사용하고 있습니다',
  'file.reason.too-many-open': '열려 있는 파일이 너무 많습니다',
  'file.reason.too-large': '디스크가 저장할 수 있는 크기보다 큽니다',
  'file.reason.read-back': '다시 읽은 내용이 저장한 내용과 다릅니다',
}
