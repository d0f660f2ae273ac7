import type { RiskPictureAgent } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import { type ReactNode, useEffect, useRef } from "react"
import { Icon } from "../../components/icon.tsx"
import { RiskMark } from "../../components/risk-mark.tsx"
import { Said } from "../../components/said.tsx"
import { categoryWords } from "../../words/agent-words.ts"
import { count } from "../../words/count.ts"
import { type FieldShape, middleOf, radiusOf } from "./field-shape.ts"
import type { Spot } from "./spots.ts"

const CARD_WIDTH = 264
const GAP = 10
const SHOWN_PASSING = 4

/** Tells of the agents in one spot beside it; pinned, it stays and its names lead to their pages. */
export function SpotCard(props: {
  spot: Spot
  shape: FieldShape
  isPinned: boolean
  onClose: () => void
}): ReactNode {
  const { spot, shape, isPinned } = props
  const { agents, access, autonomy } = spot
  const shown = isPinned ? agents : agents.slice(0, SHOWN_PASSING)
  const more = agents.length - shown.length
  const card = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isPinned) card.current?.querySelector("a")?.focus()
  }, [isPinned])
  return (
    <div
      ref={card}
      onKeyDown={(event) => event.key === "Escape" && props.onClose()}
      className={`absolute z-10 rounded-lg bg-float py-2 shadow-float ${isPinned ? "" : "pointer-events-none"}`}
      style={placeOf(spot, shape)}
      role={isPinned ? "dialog" : undefined}
      aria-label={isPinned ? count(agents.length, "agent") : undefined}
    >
      <p className="flex items-center justify-between gap-2 px-3 text-small text-faint">
        <span>
          {categoryWords(spot.category).label} · access {access} × autonomy {autonomy}
        </span>
        {isPinned && (
          <button
            type="button"
            aria-label="Close"
            onClick={props.onClose}
            className="grid size-5 place-items-center rounded hover:bg-hover hover:text-ink"
          >
            <Icon name="cross" className="size-3" />
          </button>
        )}
      </p>
      <ul className={isPinned ? "max-h-56 overflow-y-auto" : ""}>
        {shown.map((agent) => (
          <li key={agent.id}>
            <AgentLine agent={agent} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className="px-3 text-small text-faint">and {more} more: press to see all</p>}
    </div>
  )
}

function AgentLine({ agent }: { agent: RiskPictureAgent }): ReactNode {
  return (
    <Link
      to="/agents/$id"
      params={{ id: agent.id }}
      className="flex items-baseline justify-between gap-3 px-3 py-1 -outline-offset-2 hover:bg-hover"
    >
      <span className="min-w-0 truncate font-medium">
        <Said text={agent.name} />
        {agent.orphaned && <span className="ml-1.5 text-small font-normal text-high">no owner</span>}
      </span>
      <span className="shrink-0">
        <RiskMark risk={agent} />
      </span>
    </Link>
  )
}

/** Beside the spot, on the side where there is room, and never outside the picture. */
function placeOf(spot: Spot, shape: FieldShape): React.CSSProperties {
  const { x, y } = middleOf(spot, shape)
  const aside = radiusOf(spot) + GAP
  const width = Math.min(CARD_WIDTH, shape.width)
  const left = x + aside + width <= shape.width ? x + aside : Math.max(0, x - aside - width)
  return y < shape.height / 2
    ? { left, top: Math.max(0, y - GAP), width }
    : { left, bottom: Math.max(0, shape.height - y - GAP), width }
}
