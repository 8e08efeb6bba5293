import type { readingTextUnread as english } from '../english/reading-text-unread'
import type { Translation } from '../translation'

export const readingTextUnread: Translation<typeof english> = {
  // Files that are recognised and not read, and what helps.
  'read.text.unread.feather': '{name} 파일은 버전 1의 Feather 파일입니다.',
  'read.text.unread.feather.hint':
    'Python에서는 pandas.read_feather("…").to_feather("…")로, 또는 Parquet 형식으로 다시 저장해 주세요. R에서는 arrow::write_feather(x, "…")를 쓰면 됩니다.',
  'read.text.unread.spss': '{name} 파일은 SPSS 파일입니다.',
  'read.text.unread.spss-packed': '{name} 파일은 압축된 SPSS 파일입니다.',
  'read.text.unread.spss.hint':
    'SPSS에서 CSV로 저장해 주세요. R에서는 write.csv(haven::read_sav("…"), "…csv")를 쓰면 됩니다.',
  'read.text.unread.stata': '{name} 파일은 Stata 파일입니다.',
  'read.text.unread.stata.hint':
    'Stata에서는 export delimited using "….csv", R에서는 write.csv(haven::read_dta("…"), "…csv")를 쓰면 됩니다.',
  'read.text.unread.sas-transport': '{name} 파일은 SAS 전송 파일입니다.',
  'read.text.unread.sas-transport.hint':
    'SAS에서 CSV로 내보내 주세요. R에서는 write.csv(haven::read_xpt("…"), "…csv")를 쓰면 됩니다.',
  'read.text.unread.sas': '{name} 파일은 SAS 파일입니다.',
  'read.text.unread.sas.hint':
    'SAS에서 CSV로 내보내 주세요. R에서는 write.csv(haven::read_sas("…"), "…csv")를 쓰면 됩니다.',
  'read.text.unread.r': '{name} 파일은 R의 데이터입니다.',
  'read.text.unread.rds': '{name} 파일은 R의 객체(.rds)입니다.',
  'read.text.unread.r.hint': 'R에서 write.csv(x, "x.csv", row.names = FALSE)를 쓰면 됩니다. x는 저장할 표입니다.',
  'read.text.unread.netcdf': '{name} 파일은 옛 방식의 NetCDF 파일입니다.',
  'read.text.unread.netcdf.hint': 'HDF5에 바탕을 둔 NetCDF-4로 저장해 주세요: nccopy -k nc4 old.nc new.nc.',
  'read.text.unread.document': '{name} 파일은 표가 아니라 문서나 발표 자료입니다.',
  'read.text.unread.numbers': '{name} 파일은 Numbers, Pages 또는 Keynote로 만든 것입니다.',
  'read.text.unread.numbers.hint': 'Numbers에서 표를 CSV나 Excel로 내보내 주세요.',
  'read.text.unread.notebook': '{name} 파일은 데이터가 아니라 Jupyter 노트북입니다.',
  'read.text.unread.utf-32': '{name} 파일의 글은 UTF-32여서 읽지 못합니다.',
  'read.text.unread.utf-32.hint': 'UTF-8로 저장해 주세요.',
  'read.text.unread.avro': '{name} 파일은 Avro 파일입니다.',
  'read.text.unread.avro.hint': '표를 Parquet 또는 CSV 형식으로 저장해 주세요.',
  'read.text.unread.media': '{name} 파일은 소리나 동영상입니다.',
  'read.text.unread.pdf': '{name} 파일은 PDF 문서입니다.',
  'read.text.unread.choose-data': '데이터 파일을 골라 주세요.',
  'read.text.unread.tiff': '{name} 파일은 손상되었거나 읽을 수 없는 종류의 TIFF 그림입니다.',
  'read.text.unread.tiff.hint': '그림을 PNG로 저장해 주세요.',
  'read.text.unread.pickle':
    '{name} 파일은 Python 피클(pickle)입니다. 이런 파일은 열 때 프로그램을 실행할 수 있습니다.',
  'read.text.unread.pickle.hint': 'numpy.savez로 배열을 저장해 주세요.',
  'read.text.unread.packed-twice': '{name} 파일은 두 번 압축되었습니다.',
  'read.text.unread.seven-zip': '{name} 파일은 7-Zip 압축 파일입니다.',
  'read.text.unread.rar': '{name} 파일은 RAR 압축 파일입니다.',
  'read.text.unread.unpack': '먼저 압축을 풀어 주세요.',
  'read.text.unread.old-matlab': '{name} 파일은 버전 4의 MATLAB 파일입니다.',
  'read.text.unread.old-matlab.hint': 'MATLAB에서 -v7로 다시 저장해 주세요.',
  'read.text.unread.dbase': '{name} 파일은 dBase 파일입니다.',
  'read.text.unread.dbase.hint':
    'Excel이나 LibreOffice에서 열어 CSV로 저장해 주세요. R에서는 write.csv(foreign::read.dbf("…"), "….csv")를 쓰면 됩니다.',
  'read.text.unread.xml': '{name} 파일은 XML이어서 읽지 못합니다.',
  'read.text.unread.xml.hint': '그 안의 표를 CSV로 저장해 주세요. Excel이나 R(xml2 패키지)에서 열 수 있습니다.',
  'read.text.unread.page': '{name} 파일은 데이터가 아니라 웹 페이지입니다.',
  'read.text.unread.page.hint':
    '파일 자체를 내려받아 주세요. 흔히 그 페이지에 내려받기 단추가 있습니다. 표가 있는 페이지는 Excel에서 열어 CSV로 저장할 수 있습니다.',
  'read.text.unread.git-lfs': '{name} 파일은 다른 곳에 저장된 데이터를 가리키기만 합니다(Git LFS).',
  'read.text.unread.git-lfs.hint': '"git lfs pull"로 데이터를 받거나 파일 자체를 내려받아 주세요.',
  'read.text.unread.unknown': '{name} 파일은 MADE Studio가 읽는 형식이 아닙니다.',
  'read.text.unread.formats':
    '읽을 수 있는 형식: CSV를 비롯한 텍스트 표, Excel과 OpenDocument 통합 문서, JSON, Parquet, Arrow(Feather), SQLite, HDF5, MATLAB, .npy와 .npz, IDX, LIBSVM, ARFF, Matrix Market, 항목 목록, 그리고 폴더나 zip, tar 파일에 담긴 그림.',
}
