import type { Standing } from "./contest.ts"
import type { Table } from "./figure.ts"
import { labelOf, timeText } from "./print-table.ts"

const WIDTH = 760
const LEFT = 340
const RIGHT = 110
const ROW = 30
const TOP = 40

/** Draws a table as bars: the median, and a line from the least to the most. Colours follow the reader's scheme. */
export function drawTable({ title, standings }: Table): string {
  const most = Math.max(...standings.map(({ microseconds }) => microseconds.max))
  const scale = (microseconds: number): number => (microseconds / most) * (WIDTH - LEFT - RIGHT)
  const height = TOP + standings.length * ROW + 10
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13">
<style>text{fill:#1f2328}rect{fill:#8b95a1}.tabard{fill:#3b6fd4}path{stroke:#1f2328;stroke-width:1.5}@media(prefers-color-scheme:dark){text{fill:#e6edf3}path{stroke:#e6edf3}}</style>
<text x="10" y="20" font-weight="600">${escaped(title)}</text>
${standings.map((standing, row) => bar(standing, TOP + row * ROW, scale)).join("\n")}
</svg>
`
}

function bar(standing: Standing, y: number, scale: (microseconds: number) => number): string {
  const { median, min, max } = standing.microseconds
  const kind = standing.toRival || standing.others !== null ? ' class="tabard"' : ""
  return `<text x="${LEFT - 8}" y="${y + 14}" text-anchor="end">${escaped(labelOf(standing))}</text>
<rect${kind} x="${LEFT}" y="${y + 2}" width="${scale(median).toFixed(1)}" height="16"/>
<path d="M${(LEFT + scale(min)).toFixed(1)} ${y + 10}H${(LEFT + scale(max)).toFixed(1)}"/>
<text x="${(LEFT + scale(max) + 8).toFixed(1)}" y="${y + 14}">${timeText(median)}</text>`
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")
}
