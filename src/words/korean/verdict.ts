import type { verdict as english } from '../english/verdict'
import type { Translation } from '../translation'

export const verdict: Translation<typeof english> = {
  'verdict.loss': `{digits, plural,
    =0 {{nats, number, ::precision-integer}}
    =1 {{nats, number, ::.0}}
    other {{nats, number, ::.00}}
  }`,
  'verdict.worse-than-coins':
    '{live, select, yes {지금까지는 } other {}}{unit, select, pixel {픽셀} other {입력}}마다 동전을 던지는 것({loss})보다 나쁩니다.',
  'verdict.worse-than-independent':
    '{live, select, yes {지금까지는 } other {}}{unit, select, pixel {픽셀} other {열}}을 따로따로 맞히는 것({loss})보다 나쁩니다.',
  'verdict.better-than-independent':
    '{live, select, yes {지금까지는 } other {}}{unit, select, pixel {픽셀} other {열}}을 따로따로 맞히는 것({loss})보다 좋{distance, select, far {지만, {best}에는 한참 못 미칩니다} midway {고, {best}에 다가가고 있습니다} close {고, {best}에 가깝습니다} other {습니다}}.',
  'verdict.better-than-mixture':
    '{live, select, yes {지금까지는 } other {}}성분이 {components}개인 혼합 모델({loss})보다 좋{distance, select, far {지만, {best}에는 한참 못 미칩니다} midway {고, {best}에 다가가고 있습니다} close {고, {best}에 가깝습니다} other {습니다}}.',
  'verdict.near-best': '{live, select, yes {지금까지는 } other {}}{best}과 거의 같습니다.',
  'verdict.best': '{live, select, yes {지금까지는 } other {}}{best}만큼 좋습니다.',
  'verdict.best.entropy': '이론상 최선({approximate, select, yes {≈ } other {}}{loss})',
  'verdict.best.published': '알려진 최고 기록({approximate, select, yes {≈ } other {}}{loss}, {whose})',
  'verdict.best.own': '이 데이터로 학습한 기록 중 최고 기록({approximate, select, yes {≈ } other {}}{loss}, “{whose}”)',

  'verdict.cause.large-steps': '학습률이 너무 커서 찾으려는 곳을 건너뛰는 것 같습니다.',
  'verdict.cause.by-heart': '학습 데이터를 통째로 외운 것 같습니다. 데이터가 적은 데 비해 모델이 너무 큽니다.',
  'verdict.cause.small-steps': '학습률이 너무 작아서 나아가지 못하는 것 같습니다.',
  'verdict.cause.too-short': '아직 충분히 오래 학습하지 않은 것 같습니다.',
  'verdict.remedy.step-size': '학습률 {size}[으로/로] 새로 시작',
  'verdict.remedy.epsilon': 'ε {epsilon}[으로/로] 새로 시작',
  'verdict.remedy.fewer-units': '은닉 유닛 {units}개로 새로 시작',
  'verdict.remedy.longer': '에포크 {epochs, number}까지 학습',
}
