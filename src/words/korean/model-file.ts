import type { modelFile as english } from '../english/model-file'
import type { Translation } from '../translation'

export const modelFile: Translation<typeof english> = {
  'model.file.not-made': '이 safetensors 파일은 MADE 모델이 아닙니다.',
  'model.file.not-made.hint':
    'MADE Studio가 내보낸 파일을 골라 주세요. PyTorch로 다시 저장한 파일에는 메타데이터가 있어야 합니다(save_file(tensors, path, metadata)).',
  'model.file.version': '이 모델의 형식은 버전 {version}인데, 버전 {known}만 읽을 수 있습니다.',
  'model.file.version.hint': 'MADE Studio를 업데이트하거나, 모델을 버전 {newest}[으로/로] 다시 내보내 주세요.',
  'model.file.no-version': '알 수 없음',
  'model.file.unreadable':
    '이 모델 파일은 손상되었습니다: {part, select, validated {검증 손실을} spec {구조 설명을} schedule {일정을} variables {변수를} leading {맨 앞에 올 변수를} count {변수의 수를} other {변수 하나를}} 읽을 수 없습니다.',
  'model.file.not-json':
    '이 모델 파일은 손상되었습니다: {part, select, validated {검증 손실이} spec {구조 설명이} other {일정이}} 없거나 JSON이 아닙니다.',
  'model.file.stray-variables': '이 모델 파일은 손상되었습니다: 버전 1에는 없는 변수 목록이 들어 있습니다.',
  'model.file.seed': '이 모델 파일은 손상되었습니다: 일정의 시드가 허용 범위를 벗어납니다.',
  'model.file.no-number': '이 모델 파일은 손상되었습니다: 텐서 "{tensor}"에 수가 아닌 값이 들어 있습니다.',
  'model.file.no-connectivity': '이 모델 파일은 손상되었습니다: 순서와 차수가 들어 있지 않습니다.',
  'model.file.stray-tensor':
    '이 모델 파일은 손상되었습니다: 모델의 구조에 텐서 {tensor}[이/가] 들어갈 자리가 없습니다.',
  'model.file.damaged.hint': '원래 있던 곳에서 다시 복사하거나 내보내 주세요.',

  'model.file.preparation.version':
    '이 모델의 데이터 전처리 설명은 버전 {version}인데, 버전 {known}만 읽을 수 있습니다.',
  'model.file.preparation.version.hint': 'MADE Studio를 업데이트해 주세요.',
  'model.file.preparation.unreadable': '이 모델 파일은 손상되었습니다: 데이터 전처리 설명을 읽을 수 없습니다.',
  'model.file.preparation.contradicts':
    '이 모델 파일은 손상되었습니다: 데이터 전처리 설명에 앞뒤가 맞지 않는 곳이 있습니다.',
  'model.file.preparation.bits':
    '이 모델 파일은 손상되었습니다: 데이터 전처리로 행이 {bits}비트가 되는데, 모델의 입력은 {inputs}개입니다.',

  'model.file.container.short': 'safetensors 파일이 아닙니다: 너무 짧습니다.',
  'model.file.container.header-length': 'safetensors 파일이 아닙니다: 헤더 길이가 허용 범위를 벗어납니다.',
  'model.file.container.header-json': 'safetensors 파일이 아닙니다: 헤더가 JSON이 아닙니다.',
  'model.file.container.header-object': 'safetensors 파일이 아닙니다: 헤더가 JSON 객체가 아닙니다.',
  'model.file.container.hint': '이름이 .safetensors로 끝나는 모델 파일을 골라 주세요.',
  'model.file.container.ends-in-header': '이 safetensors 파일은 손상되었습니다: 헤더 중간에서 끝납니다.',
  'model.file.container.ends-in-tensor': '이 safetensors 파일은 손상되었습니다: 텐서 "{tensor}" 중간에서 끝납니다.',
  'model.file.container.no-tensor': '이 safetensors 파일은 손상되었습니다: 텐서 "{tensor}"[이/가] 없습니다.',
  'model.file.container.other-type':
    '이 safetensors 파일은 손상되었습니다: 텐서 "{tensor}"의 자료형이 {expected}[이/가] 아니라 {type}입니다.',
  'model.file.container.other-shape':
    '이 safetensors 파일은 손상되었습니다: 텐서 "{tensor}"의 모양이 {expected}[이/가] 아니라 {shape}입니다.',
  'model.file.container.beyond':
    '이 safetensors 파일은 손상되었습니다: 텐서 "{tensor}"에 {type} 범위를 벗어난 {value}[이/가] 들어 있습니다.',
  'model.file.container.gap':
    '이 safetensors 파일은 손상되었습니다: 텐서 {tensor}[이/가] 다른 텐서와 겹치거나 사이를 비웁니다.',
  'model.file.container.length':
    '이 safetensors 파일은 손상되었습니다: 헤더에는 수가 {expected}바이트라고 적혀 있는데, {bytes}바이트가 들어 있습니다.',
  'model.file.container.metadata': '이 safetensors 파일은 손상되었습니다: 메타데이터가 객체가 아닙니다.',
  'model.file.container.metadata-text': '이 safetensors 파일은 손상되었습니다: 메타데이터 {key}[이/가] 글이 아닙니다.',
  'model.file.container.no-type': '이 safetensors 파일은 손상되었습니다: 텐서 {tensor}에 자료형이 없습니다.',
  'model.file.container.unknown-type':
    '이 safetensors 파일에 있는 텐서 {tensor}의 자료형 {type}[은/는] 읽을 수 없습니다.',
  'model.file.container.unknown-type.hint':
    '가중치는 float32로, 정수는 int32로 다시 저장해 주세요. F64, F16, BF16, I64도 읽을 수 있습니다.',
  'model.file.container.no-shape': '이 safetensors 파일은 손상되었습니다: 텐서 {tensor}의 모양이 올바르지 않습니다.',
  'model.file.container.no-place':
    '이 safetensors 파일은 손상되었습니다: 파일 안에서 텐서 {tensor}의 자리가 올바르지 않습니다.',
  'model.file.container.unfilled':
    '이 safetensors 파일은 손상되었습니다: 텐서 {tensor}[이/가] 파일 안에서 자기 자리를 다 채우지 않습니다.',
}
