import type { RiskPictureAgent } from "@tabard/api"
import { useNavigate } from "@tanstack/react-router"
import { type ReactNode, useMemo, useRef, useState } from "react"
import { useWidth } from "../../components/use-width.ts"
import { count } from "../../words/count.ts"
import { FieldGround } from "./field-ground.tsx"
import { fieldShape } from "./field-shape.ts"
import { SpotCard } from "./spot-card.tsx"
import { SpotMark } from "./spot-mark.tsx"
import { type Spot, spotsOf } from "./spots.ts"

/** Every agent as a point between access and autonomy; pointing at one, or walking there with the arrows, tells of it. */
export function Field({ agents }: { agents: readonly RiskPictureAgent[] }): ReactNode {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const spots = useMemo(() => spotsOf(agents), [agents])
  return (
    <div ref={frame} className="relative min-h-[280px]">
      {width > 0 && <Drawn spots={spots} width={width} />}
    </div>
  )
}

function Drawn({ spots, width }: { spots: readonly Spot[]; width: number }): ReactNode {
  const shape = useMemo(() => fieldShape(width), [width])
  const [pointed, setPointed] = useState<string>()
  const [pinned, setPinned] = useState<string>()
  const open = useOpenAgent()
  const told = spots.find(({ key }) => key === (pinned ?? pointed))
  const act = (spot: Spot): void =>
    spot.agents.length === 1 ? open(spot.agents[0].id) : setPinned(pinned === spot.key ? undefined : spot.key)
  const { walk, stop } = useWalk(spots)
  const frame = useRef<HTMLDivElement>(null)
  const unpin = (): void => {
    setPinned(undefined)
    focusSpot(frame.current, pinned)
  }
  return (
    <div ref={frame} onMouseLeave={() => setPointed(undefined)}>
      <svg
        width={shape.width}
        height={shape.height}
        role="group"
        aria-label={`${count(spots.length, "spot")} between access and autonomy; the arrow keys go from one to the next, the riskiest first`}
        onKeyDown={(event) => (event.key === "Escape" ? setPinned(undefined) : walk(event))}
      >
        <FieldGround shape={shape} />
        {spots.toReversed().map((spot) => (
          <SpotMark
            key={spot.key}
            spot={spot}
            shape={shape}
            isTold={told?.key === spot.key}
            isStop={stop === spot.key}
            onPoint={setPointed}
            onAct={act}
          />
        ))}
      </svg>
      {told && <SpotCard spot={told} shape={shape} isPinned={pinned !== undefined} onClose={unpin} />}
    </div>
  )
}

function useOpenAgent(): (id: string) => void {
  const navigate = useNavigate()
  return (id) => void navigate({ to: "/agents/$id", params: { id } })
}

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** One spot takes the keyboard; the arrows hand it on, from the riskiest to the calmest. */
function useWalk(spots: readonly Spot[]): {
  walk: (event: React.KeyboardEvent<SVGSVGElement>) => void
  stop: string | undefined
} {
  const [at, setAt] = useState<string>()
  const here = Math.max(
    0,
    spots.findIndex(({ key }) => key === at),
  )
  return {
    stop: spots[here]?.key,
    walk: (event) => {
      const step = STEPS[event.key]
      const next = step && spots[here + step]
      if (!next) return
      event.preventDefault()
      setAt(next.key)
      focusSpot(event.currentTarget, next.key)
    },
  }
}

function focusSpot(within: Element | null, key: string | undefined): void {
  if (key !== undefined) within?.querySelector<SVGElement>(`[data-spot="${CSS.escape(key)}"]`)?.focus()
}
