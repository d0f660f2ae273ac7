import type { RiskBand } from "@tabard/core"
import type { ReactNode } from "react"
import { categoryWords } from "../../words/agent-words.ts"
import { count } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"
import { RISK_WORDS } from "../../words/risk-words.ts"
import { type FieldShape, middleOf, radiusOf } from "./field-shape.ts"
import { markPath } from "./mark-path.ts"
import type { Spot } from "./spots.ts"

const FILLS: Readonly<Record<RiskBand, string>> = {
  low: "fill-low",
  medium: "fill-medium",
  high: "fill-high",
  critical: "fill-critical",
}
const RING_GAP = 2.75
const NUMBER_FROM = 7

/** One spot: its shape says the category, its colour the band, its size how many, a ring that nobody answers. */
export function SpotMark(props: {
  spot: Spot
  shape: FieldShape
  isTold: boolean
  isStop: boolean
  onPoint: (key: string) => void
  onAct: (spot: Spot) => void
}): ReactNode {
  const { spot, onPoint, onAct } = props
  const { x, y } = middleOf(spot, props.shape)
  const radius = radiusOf(spot)
  const many = spot.agents.length
  const act = (event: React.KeyboardEvent): void => {
    if (event.key !== "Enter" && event.key !== " ") return
    event.preventDefault()
    onAct(spot)
  }
  return (
    <g
      data-spot={spot.key}
      role={many === 1 ? "link" : "button"}
      aria-label={spotWords(spot)}
      tabIndex={props.isStop ? 0 : -1}
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
      className="cursor-pointer outline-none [&:focus-visible>path:last-of-type]:stroke-accent"
      onMouseEnter={() => onPoint(spot.key)}
      onFocus={() => onPoint(spot.key)}
      onClick={() => onAct(spot)}
      onKeyDown={act}
    >
      {spot.orphaned > 0 && (
        <path
          d={markPath(spot.category, radius + RING_GAP)}
          strokeWidth={1.25}
          className="fill-none stroke-soft"
        />
      )}
      <path
        d={markPath(spot.category, radius)}
        strokeWidth={props.isTold ? 3 : 1}
        className={`${FILLS[spot.band]} ${props.isTold ? "stroke-accent" : "stroke-ground"}`}
      />
      {many > 1 && radius >= NUMBER_FROM && (
        <text
          textAnchor="middle"
          dy="0.35em"
          className="pointer-events-none fill-ground text-small font-semibold"
        >
          {shortNumber(many)}
        </text>
      )}
    </g>
  )
}

function spotWords({ agents, category, access, autonomy, orphaned, band }: Spot): string {
  const [first] = agents
  const score = `${first.score} ${RISK_WORDS[band]}`
  const sides = `access ${access}, autonomy ${autonomy}`
  if (agents.length === 1)
    return plainText(
      `${first.name}, ${categoryWords(category).phrase}: ${score}, ${sides}${orphaned > 0 ? ", no owner" : ""}`,
    )
  return `${count(agents.length, "agent")}, ${categoryWords(category).label}: up to ${score}, ${sides}, ${orphaned} without owner`
}

/** Three signs at most: there is room for no more. */
function shortNumber(many: number): string {
  return many < 1000 ? String(many) : `${Math.floor(many / 1000)}k`
}
