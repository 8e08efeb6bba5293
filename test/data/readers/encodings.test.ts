import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { encodingOf } from '../../../src/data/readers/encodings'
import { frequentIn } from '../../../src/data/readers/frequent-characters'
import { PURPOSE, RandomStream } from '../../../src/made/random'

/** What stands in tables of people in each language. */
const WORDS: readonly (readonly [encodings: readonly string[], words: string])[] = [
  [
    ['cp949'],
    '이름 나이 지역 성별 서울 부산 대구 인천 남성 여성 예 아니요 좋음 나쁨 합격 불합격 매우 보통 학교 회사원',
  ],
  [['shift_jis'], '名前 年齢 地域 性別 東京 大阪 京都 横浜 男性 女性 はい いいえ 合格 不合格 良い 普通 会社員 学生'],
  // Without kana it cannot be told from Chinese.
  [
    ['euc-jp'],
    '名まえ 年れい トヨタ ホンダ 東京タワー 男の子 女の子 はい いいえ とても良い 悪い ふつう 会社に行く 学ぶ',
  ],
  [['gb18030'], '姓名 年龄 地区 性别 北京 上海 广州 深圳 男性 女性 是的 没有 合格 优秀 良好 学生 工人 教师 电话'],
  [['big5'], '姓名 年齡 地區 性別 臺北 高雄 臺中 新竹 男性 女性 是的 沒有 合格 優秀 良好 學生 工人 教師 電話'],
  [
    ['windows-1251', 'koi8-r'],
    'имя возраст город пол Москва Казань Самара Омск мужской женский да нет хорошо плохо студент врач',
  ],
  [
    ['windows-1253'],
    'όνομα ηλικία πόλη φύλο Αθήνα Θεσσαλονίκη Πάτρα άνδρας γυναίκα ναι όχι καλό κακό φοιτητής γιατρός',
  ],
  [
    ['windows-1252'],
    'prénom âge région Genève Orléans Nîmes été élève forêt château décédé né oui réussi moyen très français',
  ],
  [
    ['windows-1250'],
    'imię wiek płeć Łódź Kraków Gdańsk mężczyzna kobieta dobrze źle uczeń żółty książka wynik średni część',
  ],
]

describe('the encoding of a small table', () => {
  it.each(WORDS.flatMap(([encodings, words]) => encodings.map((encoding) => [encoding, words.split(' ')] as const)))(
    'is known by a few different words: %s',
    (encoding, words) => {
      const misread: string[] = []
      for (let seed = 0; seed < 40; seed++) {
        const random = new RandomStream(seed, PURPOSE.split, 0)
        // Nine words, over and over, as the categories of a table are.
        const some = Array.from({ length: 9 }, () => words[random.below(words.length)])
        const rows = Array.from({ length: 30 }, (_, i) => [some[i % 3], i, some[3 + (i % 6)]].join(','))
        const text = `${some.slice(0, 2).join(',')},x\n${rows.join('\n')}\n`
        const bytes = iconv.encode(text, encoding)
        expect(iconv.decode(bytes, encoding)).toBe(text)
        const { name } = encodingOf(bytes, true)
        if (iconv.decode(bytes, name) !== text) misread.push(`${name}: ${some.join(' ')}`)
      }
      expect(misread).toEqual([])
    },
  )
})

it('frequent characters are those that the standards put first', () => {
  expect(frequentIn('cp949').size).toBe(2350)
  expect(frequentIn('gb18030').size).toBe(3755)
  expect(frequentIn('cp949').has('뷁')).toBe(false)
  for (const one of '東京大阪男女') expect(frequentIn('shift_jis').has(one)).toBe(true)
  expect(frequentIn('windows-1252').size).toBe(0)
})
