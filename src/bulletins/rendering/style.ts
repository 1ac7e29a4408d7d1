import type { Paper } from '../../shared/paper.js';

/** The colours of every format: titles, accents, pale backgrounds, text and hints. Each text colour has AA contrast on white. */
export const colours = {
  deep: '#223654',
  accent: '#095797',
  pale: '#eaf2f8',
  warm: '#fdf4e3',
  warmEdge: '#b45f06',
  line: '#c5cad2',
  text: '#1f2937',
  hint: '#4f5b6b',
  /** The second of two series in a chart. */
  chart: '#4a8dc4',
};

/** The style of the HTML page: on screen a sheet on a desk; on paper the sheet alone, with sections kept whole where they fit. */
export const bulletinStyle = (paper: Paper): string => `
@page { size: ${paper}; margin: 14mm 15mm 16mm; }
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0; background: #e6eaef; color: ${colours.text};
  font: 15.5px/1.5 "Open Sans", "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "DejaVu Sans", Arial, sans-serif; }
.sheet { max-width: 820px; margin: 28px auto; background: #fff; box-shadow: 0 2px 18px rgb(34 54 84 / 18%); }
.letterhead { display: flex; align-items: center; justify-content: space-between; gap: 24px; padding: 16px 48px; color: ${colours.deep}; }
.letterhead img { max-width: 260px; max-height: 64px; }
.letterhead p { margin: 0; font-weight: 600; }
header { padding: 30px 48px 24px; background: ${colours.deep}; color: #fff; border-bottom: 6px solid ${colours.accent}; }
h1 { margin: 0; font-size: 2.1em; line-height: 1.15; letter-spacing: -0.01em; }
.subtitle { margin: 4px 0 0; font-size: 1.15em; color: #dae6f0; }
.date { margin: 16px 0 0; font-weight: 600; }
.notice { margin: 0; padding: 11px 48px; background: ${colours.warm}; border-left: 6px solid ${colours.warmEdge};
  color: #7a3f00; font-weight: 600; }
main { padding: 8px 48px 20px; }
section { margin: 24px 0; }
h2 { margin: 0 0 10px; padding-bottom: 5px; border-bottom: 2px solid ${colours.accent}; color: ${colours.accent};
  font-size: 1.3em; line-height: 1.3; }
h3 { margin: 16px 0 6px; color: ${colours.deep}; font-size: 1.08em; }
h4 { width: fit-content; margin: 12px 0 4px; padding: 1px 11px; border-radius: 999px; background: ${colours.pale};
  color: ${colours.accent}; font-size: 0.95em; }
h5, h6 { margin: 12px 0 4px; font-size: 0.95em; }
p { margin: 6px 0; }
ul, ol { margin: 6px 0; padding-left: 22px; }
li { margin: 5px 0; }
li::marker { color: ${colours.accent}; }
a { color: ${colours.accent}; }
code { padding: 0 4px; border-radius: 3px; background: ${colours.pale}; font-size: 0.92em; overflow-wrap: anywhere; }
pre { padding: 10px 14px; background: ${colours.pale}; white-space: pre-wrap; }
pre code { padding: 0; }
blockquote { margin: 8px 0; padding: 2px 16px; border-left: 4px solid ${colours.line}; color: ${colours.hint}; }
hr { border: 0; border-top: 1px solid ${colours.line}; }
.tickets { padding: 18px 24px 16px; border-left: 6px solid ${colours.accent}; background: ${colours.pale}; }
.tickets h2 { padding: 0; border: 0; color: ${colours.deep}; font-size: 1.18em; }
.tickets p { margin: 8px 0 4px; color: ${colours.accent}; font-size: 1.45em; font-weight: 700; line-height: 1.25; }
.tickets ul { margin: 0; font-size: 1.05em; font-weight: 600; text-wrap: balance; }
.correction { padding: 14px 24px; border-left: 6px solid ${colours.warmEdge}; background: ${colours.warm}; }
.correction h2 { padding: 0; border: 0; color: #7a3f00; font-size: 1.1em; }
.correction li::marker { color: ${colours.warmEdge}; }
figure { margin: 10px 0 0; overflow-x: auto; }
figure svg { display: block; width: 100%; min-width: 460px; max-width: 640px; height: auto; }
.table { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.78em; line-height: 1.3; font-variant-numeric: tabular-nums; }
thead th { padding: 6px 5px; background: ${colours.deep}; color: #fff; font-weight: 600; text-align: right; vertical-align: bottom; }
th:first-child { text-align: left; }
tbody th { font-weight: 400; min-width: 11em; }
tbody th, td { padding: 6px 5px; border-bottom: 1px solid ${colours.line}; }
td { text-align: right; white-space: nowrap; }
.total th, .total td { border-top: 2px solid ${colours.deep}; border-bottom: 0; background: ${colours.pale}; font-weight: 700; }
footer { padding: 12px 48px 22px; border-top: 1px solid ${colours.line}; color: ${colours.hint}; font-size: 0.78em; }
footer p { margin: 2px 0; }
@media (max-width: 640px) {
  .sheet { margin: 0; }
  .letterhead, header, .notice, main, footer { padding-left: 20px; padding-right: 20px; }
  .tickets, .correction { padding-left: 16px; padding-right: 16px; }
}
@media print {
  body { background: none; font-size: 10.5pt; line-height: 1.42; }
  .sheet { max-width: none; margin: 0; box-shadow: none; }
  .letterhead { padding: 0 0 10px; }
  header { padding: 18px 24px 14px; }
  .notice { padding: 8px 24px; }
  main { padding: 2px 0 8px; }
  section { margin: 15px 0; }
  footer { padding: 8px 0 0; }
  .tickets ul { font-size: 1em; }
  h2, h3, h4 { break-after: avoid; }
  li, tr, .tickets, .week, .correction { break-inside: avoid; }
  figure svg { min-width: 0; }
  .annex { break-inside: avoid; }
  thead { display: table-header-group; }
}
`;
