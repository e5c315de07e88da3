#!/bin/sh
# Makes the embedded fonts: Latin with the accents that names in French, Turkish, Kurdish, Slavic and romanised Arabic need,
# and the marks the report uses. Needs npm and PyPI's fonttools with brotli. Fonts: SIL Open Font License, see the LICENSE files.
set -eu
cd "$(dirname "$0")"
tmp=$(mktemp -d)
npm --silent --prefix "$tmp" install --no-audit --no-fund @fontsource/source-serif-4@5 @fontsource/source-sans-3@5
from="$tmp/node_modules/@fontsource"
# Google's split puts base Latin and extended Latin into two files; they are subset apart and told apart by unicode-range.
base='U+0020-007E,U+00A0-00FF,U+0152,U+0153,U+02BB,U+02BC,U+2013,U+2014,U+2018-201E,U+2022,U+2026,U+202F,U+2039,U+203A,U+20AC,U+2212,U+0131'
more='U+0100-012B,U+012E-0130,U+0136,U+0137,U+0139-0148,U+014C,U+014D,U+0150,U+0151,U+0154-0178,U+017B-017E,U+0218-021B,U+1E0C,U+1E0D,U+1E24,U+1E25,U+1E62,U+1E63,U+1E6C,U+1E6D,U+1E92,U+1E93,U+2190-2193'
sub() { # file, out, codes
  pyftsubset "$1" --output-file="$2" --flavor=woff2 --unicodes="$3" --layout-features='kern,liga,tnum,lnum,pnum,locl,ccmp,mark' --no-hinting --desubroutinize
}
for w in 400 600; do
  sub "$from/source-serif-4/files/source-serif-4-latin-$w-normal.woff2" serif-$w.woff2 "$base"
  sub "$from/source-sans-3/files/source-sans-3-latin-$w-normal.woff2" sans-$w.woff2 "$base"
done
sub "$from/source-serif-4/files/source-serif-4-latin-400-italic.woff2" serif-400i.woff2 "$base"
sub "$from/source-serif-4/files/source-serif-4-latin-ext-400-normal.woff2" serif-400x.woff2 "$more"
sub "$from/source-sans-3/files/source-sans-3-latin-ext-400-normal.woff2" sans-400x.woff2 "$more"
cp "$from/source-serif-4/LICENSE" LICENSE-source-serif-4
cp "$from/source-sans-3/LICENSE" LICENSE-source-sans-3
rm -r "$tmp"
ls -l ./*.woff2
