/** How the page looks, on paper and screen, light and dark; it fetches nothing. */
export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --panel: #f7f7f8; --line: #e6e6ea; --ink: #17181c; --soft: #565762; --faint: #676873;
  --accent: #2f55d4; --low: #44607f; --medium: #875200; --high: #a84600; --critical: #b3202c;
  --heat: 179 32 44;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #111214; --panel: #17181b; --line: #292a30; --ink: #ececef; --soft: #abacb6; --faint: #90919c;
    --accent: #96abff; --low: #93b4d8; --medium: #e3ae4f; --high: #ff9d5c; --critical: #ff9191;
    --heat: 255 120 120;
  }
}
*, ::before { box-sizing: border-box; }
html { background: var(--ground); }
body {
  margin: 0 auto; padding: 56px 32px 80px; max-width: 1120px; background: var(--ground); color: var(--ink);
  font: 14px/1.5 "Inter Variable", Inter, ui-sans-serif, system-ui, sans-serif;
  font-variant-numeric: tabular-nums; -webkit-font-smoothing: antialiased; overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: 28px; line-height: 36px; font-weight: 650; letter-spacing: -0.02em; text-wrap: balance; }
h2 { margin: 56px 0 4px; font-size: 17px; line-height: 24px; font-weight: 620; letter-spacing: -0.01em; }
h3 { margin: 28px 0 8px; font-size: 13px; font-weight: 600; color: var(--soft); }
p { margin: 0; }
.mark { margin-bottom: 20px; color: var(--accent); font-size: 13px; font-weight: 620; }
.lead { margin-top: 8px; color: var(--soft); }
.note { max-width: 76ch; color: var(--soft); }
.counts { display: flex; flex-wrap: wrap; gap: 12px 48px; margin: 32px 0 0; padding: 20px 0 0; border-top: 1px solid var(--line); }
.counts div { display: flex; flex-direction: column-reverse; }
.counts dt { color: var(--soft); font-size: 13px; }
.counts dd { margin: 0; font-size: 28px; line-height: 36px; font-weight: 600; letter-spacing: -0.02em; }
code, .path { font-family: "JetBrains Mono Variable", ui-monospace, "SF Mono", Menlo, monospace; font-size: 12px; font-variant-ligatures: none; }
.path { color: var(--faint); }
.soft { color: var(--soft); }
.list { margin: 16px 0 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
.list > li { display: grid; grid-template-columns: 28px 92px minmax(0, 1fr); gap: 0 8px; padding: 14px 0; border-bottom: 1px solid var(--line); }
.list .rank { color: var(--faint); }
.list .what { font-weight: 560; }
.findings > li { grid-template-columns: 92px minmax(0, 1fr); }
.places { margin: 4px 0 0; padding: 0; list-style: none; }
.severity { font-weight: 600; white-space: nowrap; }
.severity::before { content: ""; display: inline-block; width: 10px; height: 10px; margin-right: 8px; border: 2px solid currentcolor; border-radius: 50%; }
.critical::before { background: currentcolor; border-radius: 1px; transform: rotate(45deg); }
.high::before { background: currentcolor; }
.medium::before { background: linear-gradient(90deg, currentcolor 50%, transparent 50%); }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); } .low { color: var(--low); }
.scroll { margin-top: 16px; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th { color: var(--soft); font-size: 12px; font-weight: 560; text-align: left; }
.rows th, .rows td { padding: 10px 24px 10px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.rows th { padding: 6px 24px 6px 0; white-space: nowrap; }
.rows td:last-child, .rows th:last-child { padding-right: 0; }
.rows .name { min-width: 15ch; font-weight: 560; }
.rows .name .soft { font-weight: 400; }
.rows .mid { min-width: 16ch; max-width: 46ch; }
.rows .few { white-space: nowrap; }
.rows .place { min-width: 24ch; }
.field { table-layout: fixed; min-width: 760px; border-spacing: 2px; border-collapse: separate; }
.field td { height: 52px; padding: 8px 10px; border-radius: 4px; vertical-align: top; font-size: 12px; line-height: 20px; }
.field thead th, .field tfoot th { padding: 4px 10px; font-weight: 500; text-align: left; vertical-align: top; }
.field tbody th { width: 104px; padding: 8px 12px 8px 0; font-weight: 500; text-align: right; vertical-align: top; line-height: 20px; }
.band-low { background: var(--panel); } .band-medium { background: rgb(var(--heat) / 0.06); }
.band-high { background: rgb(var(--heat) / 0.13); } .band-critical { background: rgb(var(--heat) / 0.22); }
.field b { font-weight: 400; color: var(--soft); }
.risk { font-size: 17px; font-weight: 600; }
.dot { display: block; padding-left: 15px; position: relative; font-weight: 560; }
.dot::before { content: ""; position: absolute; left: 0; top: 6px; width: 8px; height: 8px; border-radius: 50%; background: var(--ink); }
.dot.production::before { border-radius: 1px; } .dot.chatbot::before { background: none; border: 2px solid var(--ink); }
.bar { display: inline-flex; gap: 2px; margin-right: 10px; vertical-align: -1px; }
.bar i { width: 9px; height: 12px; border-radius: 1px; background: var(--line); }
.bar i.on { background: var(--ink); }
.bar.loose i.on { background: var(--medium); } .bar.free i.on { background: var(--critical); }
.tag { display: inline-block; margin: 0 6px 2px 0; padding: 0 6px; border: 1px solid var(--line); border-radius: 4px; color: var(--soft); font-size: 12px; line-height: 18px; }
.empty { margin-top: 16px; padding: 20px; border-radius: 6px; background: var(--panel); color: var(--soft); }
footer { margin-top: 64px; padding-top: 16px; border-top: 1px solid var(--line); color: var(--faint); font-size: 12px; }
@media (max-width: 640px) {
  body { padding: 32px 16px 48px; }
  .list > li { grid-template-columns: 20px minmax(0, 1fr); }
  .list > li > :last-child { grid-column: 2; }
  .rows { min-width: 720px; }
  .findings > li { grid-template-columns: minmax(0, 1fr); }
  .findings > li > :last-child { grid-column: 1; }
}
@media print { body { max-width: none; padding: 0; } h2 { break-after: avoid; } li, tr { break-inside: avoid; } }
`
