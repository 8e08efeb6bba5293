import type { preparing as english } from '../english/preparing'
import type { Translation } from '../translation'

export const preparing: Translation<typeof english> = {
  'prepare.no-row-as-taught': '{name}에는 모델이 배운 방식으로 읽을 수 있는 행이 없습니다.',
  'prepare.like-model.hint': '모델을 학습할 때 쓴 것과 같은 형태의 데이터를 골라 주세요.',
  'prepare.gaps-left-out': '{columns} 값이 없는 {rows, plural, other {#행}}을 뺐습니다.',
  'prepare.unseen-left-out':
    '“{column}” 열에 모델이 본 적 없는 값({values})이 들어 있는 {rows, plural, other {#행}}을 뺐습니다.',
  'prepare.unseen-ignored':
    '“{column}” 열에 모델이 본 적 없는 값({values})이 들어 있는 행이 {rows, plural, other {#개}} 있습니다. 나머지 값은 이 값 없이 뽑습니다.',
  'prepare.others': '기타',
  'prepare.greys-as-ones': '이 모델은 0과 1로 학습했습니다. 그래서 {threshold} 이상인 회색 값을 1로 읽었습니다.',
  'prepare.bits-as-they-are': '{name}[은/는] 0과 1로 되어 있어 그대로 썼습니다.',
  'prepare.no-greys': '{name}의 값은 회색 값이 아닙니다. 이 모델은 0부터 255까지의 정수로 학습했습니다.',
  'prepare.other-width': '{name}의 행에는 값이 {width}개 있는데, 모델을 학습한 행에는 {taught}개 있었습니다.',
  'prepare.other-width.hint': '너비가 같은 데이터나 크기가 같은 그림을 골라 주세요.',
  'prepare.other-bits': '{name}의 행은 {bits}비트인데, 모델을 학습한 행은 {taught}비트였습니다.',
  'prepare.silent-model':
    '모델에 데이터를 어떻게 전처리했는지 적혀 있지 않아, {name}[을/를] 내용에 맞추어 전처리했습니다.',
  'prepare.pictures-fitted': '모델을 학습한 그림과 같도록 {name}의 그림을 {width}×{height} 픽셀에 맞추었습니다.',

  'prepare.taken-in-order': '파일과 모델 가운데 한쪽에만 열 이름이 있어, {name}의 열을 순서대로 짝지었습니다.',
  'prepare.unknown-columns': '{name}의 {columns} 열은 모델이 모르는 열이어서 {count, plural, other {건너뛰었습니다}}.',
  'prepare.holds-pictures': '{name}에는 그림이 들어 있는데, 모델은 표의 열로 학습했습니다.',
  'prepare.holds-pictures.hint': '같은 열이 있는 표를 골라 주세요.',
  'prepare.other-columns': '{name}에는 열이 {columns}개 있는데, 모델을 학습한 데이터에는 {taught}개 있었습니다.',
  'prepare.same-columns.hint': '같은 열이 있는 파일을 골라 주세요.',
  'prepare.other-kind':
    '{name}의 “{column}” 열에는 {held, select, text {종류가 너무 많은 글이} numbers {수가} dates {날짜가} other {“{example}” 같은 낱말이}} 들어 있는데, 모델은 {taught, select, numbers {수로} dates {날짜로} other {낱말로}} 학습했습니다.',
  'prepare.lacking-columns': '모델을 학습할 때 쓴 {columns} 열이 {name}에는 {count, plural, other {없습니다}}.',
  'prepare.lacking-columns.hint': '같은 열이 있는 파일을 골라 주세요: {columns}.',

  'prepare.column-left-out': '“{column}” 열은 {why} 뺐습니다.',
  'prepare.column-left-out-as-chosen': '“{column}” 열은 뺐습니다.',
  'prepare.more-left-out': '그 밖에 {count, plural, other {#개}} 열을 더 뺐습니다.',
  'prepare.because.no-value': '값이 있는 행이 없어서',
  'prepare.because.one-value': '학습 행의 값이 모두 같아서',
  'prepare.because.varied-text': '글의 종류가 너무 많아서',
  'prepare.because.every-row': '행마다 낱말이 달라서',
  'prepare.because.nearly-every-row': '거의 모든 행의 낱말이 달라서({rows, number}행에 {words, number}개)',
  'prepare.because.many-words': '서로 다른 낱말이 {words, number}개나 있어서',

  'prepare.too-few.single': '{name}에는 열이 하나뿐인데, 모델에는 비트 열이 적어도 {least}개 필요합니다.',
  'prepare.too-few.none': '남은 열이 없는데, 모델에는 비트 열이 적어도 {least}개 필요합니다.',
  'prepare.too-few.one': '비트 열이 하나만 남았는데, 모델에는 적어도 {least}개 필요합니다.',
  'prepare.too-few.one-variable': '열이 하나만 남았는데, 모델에는 적어도 {least}개 필요합니다.',
  'prepare.way.separator.window': '맨 위 문단에서 값 사이의 구분자를 골라 보세요.',
  'prepare.way.separator.options': '값 사이의 구분자를 지정해 보세요(--separator).',
  'prepare.way.column.window': '맨 위 문단에서 “{column}” 열을 설명하는 부분을 눌러, 그 열을 그대로 써 보세요.',
  'prepare.way.column.values': '“{column}” 열을 값으로 읽어 보세요(--categorical {name}).',
  'prepare.way.column.size': '“{column}” 열을 크기로 읽어 보세요(--numeric {name}).',
  'prepare.way.label.window': '맨 위 문단에서 레이블 “{label}” 부분을 눌러, 열로 써 보세요.',
  'prepare.way.label.options': '레이블 “{label}”[을/를] 열로 써 보세요(--no-label).',
  'prepare.way.bits.window': '수를 더 많은 비트로 읽어 보세요(“수의 비트 수”).',
  'prepare.way.bits.options': '수를 더 많은 비트로 읽어 보세요(--bits 3).',
  'prepare.way.other-data': '열이 더 많은 데이터를 골라 주세요.',
  'prepare.way.or-other-data': '열이 더 많은 데이터를 골라도 됩니다.',

  'prepare.gaps.to-fill':
    '{rows, number}행 가운데 {lacking, plural, other {#행}}에 빈 값이 있습니다. 나머지로 학습한 모델이 채울 수 있습니다.',
  'prepare.gaps.dropped': '{rows, number}행 가운데 빈 값이 있는 {lacking, plural, other {#행}}을 뺐습니다.',
  'prepare.gaps.nearly-all':
    '{rows, number}행 가운데 {lacking, number}행에 빈 값이 있어 학습에 쓸 수 없으므로, {complete, plural, =0 {남는 행이 없습니다} other {#행만 남습니다}}.',
  'prepare.gaps.nearly-all.window':
    '“열” 목록에서 빈 값이 가장 많은 열({columns})을 빼거나, 빈 값을 별도의 값이나 가장 흔한 값으로 다루도록 골라 보세요.',
  'prepare.gaps.nearly-all.options':
    '빈 값이 가장 많은 열({columns})을 빼거나(--omit {worst}), 빈 값을 별도의 값(--missing category)이나 가장 흔한 값(--missing common)으로 다루어 보세요.',
  'prepare.gaps.in-column': '“{column}” {missing, number}행',
  'prepare.gaps.taught-otherwise': '이 모델은 빈 값을 다른 것으로 바꾼 뒤에 학습했습니다.',
  'prepare.gaps.taught-otherwise.window': '빈 값을 “나중에 모델로 채우기”로 두고 모델을 학습해 보세요.',
  'prepare.gaps.taught-otherwise.options': '빈 값을 나중에 채우도록 하고(--missing model) 모델을 학습해 보세요.',
  'prepare.missing-taught': '이 모델은 --missing {taught}[으로/로] 학습했으므로, 이제 빈 값을 다르게 다룰 수 없습니다.',
  'prepare.missing-taught.hint': '--missing을 빼거나, 빈 값이 있는 행을 빼는 drop을 골라 주세요.',

  'prepare.bit.missing': '{column} 값 없음',
  'prepare.too-many-numbers':
    '“{column}” 열에는 서로 다른 수가 {count}개 있어, 하나하나에 비트를 주기에는 너무 많습니다.',
  'prepare.too-many-numbers.hint': '이 열을 수로 읽거나 빼 보세요.',
  'prepare.not-greys': '이 값들은 회색 값이 아닙니다. 회색 값은 모든 행과 열에서 0부터 255까지의 정수입니다.',
  'prepare.not-greys.hint': '표의 열로 읽도록 골라 주세요.',
  'prepare.label-too-varied': '“{column}” 열은 서로 다른 값이 너무 많아 레이블로 쓸 수 없습니다.',
  'prepare.label-too-varied.hint': '다른 열을 골라 주세요.',
  'prepare.label-of-one':
    '레이블 “{label}”[은/는] 학습할 수 없습니다. {words, plural, =0 {값이 하나도 없습니다} other {모든 행의 값이 같습니다}}.',
  'prepare.label-no-class':
    '레이블 “{label}”[은/는] 학습할 수 없습니다. {rows}행에 서로 다른 값이 {words}개나 있어, 클래스가 아니라 수나 이름으로 보입니다.',
  'prepare.label-not-learnt.hint': '다른 레이블을 고르거나, 레이블은 학습하지 않도록 해 보세요.',
  'prepare.lacks-label': '“{name}”에는 모델이 학습한 레이블 “{label}”[이/가] 없습니다. 모르는 값으로 다룹니다.',
  'prepare.too-many-bits': '행이 {bits}비트가 되는데, 모델의 입력은 최대 {most}개입니다.',
  'prepare.too-many-bits.hint': '값이 많은 열을 빼거나, 수를 더 적은 비트로 읽어 보세요.',
  'prepare.picture-size': '{width}×{height} 그림에는 픽셀이 {pixels}개 있는데, 행은 {bits}비트입니다.',
  'prepare.picture-size.hint': '너비와 높이를 바꾸거나, 행이 그림이 아니라고 알려 주세요.',

  'prepare.given.no-value': '“{text}”[은/는] 열과 값이 아닙니다.',
  'prepare.given.no-column': '모델에는 “{column}” 열이 없습니다.',
  'prepare.given.no-column.hint': '모델에 있는 열 가운데 가장 비슷한 것은 {columns}입니다.',
  'prepare.given.no-columns.hint': '이 모델의 행은 레이블이 없는 그림입니다.',
  'prepare.given.unknown': '모델이 “{column}” 열에서 “{value}”[을/를] 본 적이 없습니다.',
  'prepare.given.unknown.hint': '모델이 아는 값 가운데 가장 비슷한 것은 {values}입니다.',
  'prepare.given.no-number': '“{value}”[은/는] 수가 아닙니다. 모델은 “{column}” 열을 수로 알고 있습니다.',
  'prepare.given.no-date': '“{value}”[은/는] 날짜가 아닙니다. 모델은 “{column}” 열을 날짜로 알고 있습니다.',
  'prepare.given.no-gap': '모델은 “{column}” 열에서 빈 값을 값으로 알고 있지 않습니다.',
  'prepare.given.nothing-left': '“{column}” 열에는 주어진 조건을 모두 만족하는 값이 없습니다.',
  'prepare.given.no-order': '“{column}” 열은 낱말이라서 {comparison}[으로/로] 견줄 수 없습니다.',
  'prepare.given.hint': 'sex=Female,age=30 같은 값이나 age>40 같은 조건을 주세요.',
  'prepare.given.ranges': '“{condition}” 조건은 다음 구간 전체를 뜻합니다: {ranges}.',
  'prepare.given.range': '“{column}” = {value}[은/는] {range}인 값 모두를 뜻합니다.',

  'prepare.as-columns': '{name}의 행을 모델의 열 {columns}개로 그대로 읽었습니다.',
  'prepare.not-one-hot':
    '{name}의 {row}번째 행에는 {first}번째부터 {last}번째까지의 열에 1이 {ones, plural, =0 {없습니다} other {#개 있습니다}}. 이 열들은 모델에서 값 하나를 나타냅니다.',
  'prepare.not-one-hot.named':
    '{name}의 {row}번째 행에는 {first}번째부터 {last}번째까지의 열에 1이 {ones, plural, =0 {없습니다} other {#개 있습니다}}. 이 열들은 모델에서 “{column}”의 값 하나를 나타냅니다.',
  'prepare.not-one-hot.hint': '이 가운데 정확히 하나만 1이어야 합니다.',

  'prepare.too-few-rows': '{rows, plural, =0 {남은 행이 없습니다.} other {행이 #개뿐입니다.}}',
  'prepare.too-few-rows.hint': '행이 더 많은 데이터를 골라 주세요. 학습, 검증, 시험에 적어도 한 행씩 필요합니다.',
  'prepare.part-empty': '{part, select, train {학습} valid {검증} other {시험}} 데이터에 남는 행이 없습니다.',
  'prepare.part-empty.hint': '나눌 행이 {rows, plural, other {#개}} 있습니다. 세 부분에 적어도 한 행씩 필요합니다.',
}
