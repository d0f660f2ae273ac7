import { RISK_BAND_STARTS, type RiskBand } from "@tabard/core"
import type { ReactNode } from "react"
import { RISK_WORDS } from "../../words/risk-words.ts"
import { bandPath, type FieldShape, ROOM, SIDE_MAX } from "./field-shape.ts"

const BANDS: readonly (readonly [band: RiskBand, fill: string, text: string])[] = [
  ["medium", "fill-medium/7", "fill-medium"],
  ["high", "fill-high/8", "fill-high"],
  ["critical", "fill-critical/9", "fill-critical"],
]
const TICKS = [0, 2, 4, 6, 8, 10]
const LABEL_GAP = 6

/** What lies behind the points: the bands of risk as curves of equal product, and the two axes. */
export function FieldGround({ shape }: { shape: FieldShape }): ReactNode {
  return (
    <g aria-hidden="true">
      {BANDS.map(([band, fill]) => (
        <path key={band} d={bandPath(band, shape)} className={fill} />
      ))}
      {BANDS.map(([band, , text]) => (
        <text
          key={band}
          x={shape.x(SIDE_MAX) - LABEL_GAP}
          y={shape.y(RISK_BAND_STARTS[band] / SIDE_MAX) - LABEL_GAP}
          textAnchor="end"
          className={`${text} text-small`}
        >
          {RISK_WORDS[band]}
        </text>
      ))}
      <Axes shape={shape} />
    </g>
  )
}

function Axes({ shape: { x, y, width, height } }: { shape: FieldShape }): ReactNode {
  return (
    <g className="fill-faint text-small">
      <path d={`M${x(0)},${y(SIDE_MAX)}V${y(0)}H${x(SIDE_MAX)}`} className="fill-none stroke-edge" />
      {TICKS.map((tick) => (
        <text key={`x${tick}`} x={x(tick)} y={y(0) + 15} textAnchor="middle">
          {tick}
        </text>
      ))}
      {TICKS.slice(1).map((tick) => (
        <text key={`y${tick}`} x={x(0) - 7} y={y(tick) + 4} textAnchor="end">
          {tick}
        </text>
      ))}
      <text x={width - ROOM.right} y={height - 5} textAnchor="end" className="fill-soft">
        Access: what it can reach and do there →
      </text>
      <text x={x(0) + LABEL_GAP} y={y(SIDE_MAX) + 12} className="fill-soft">
        ↑ Autonomy: what it does unasked
      </text>
    </g>
  )
}
