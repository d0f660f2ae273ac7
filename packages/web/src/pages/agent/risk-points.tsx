import type { RiskPointView } from "@tabard/api"
import type { ReactNode } from "react"
import { Section } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { plainText } from "../../words/plain-text.ts"
import { pointsWords } from "../../words/risk-words.ts"

/** What one side of a risk is made of, each point with what it was seen from. */
export function RiskPoints(props: {
  title: string
  side: RiskPointView["side"]
  total: number
  points: readonly RiskPointView[]
}): ReactNode {
  const points = props.points.filter(({ side }) => side === props.side)
  return (
    <Section title={`${props.title}: ${props.total} of 10`}>
      <PointsBar points={points} />
      <ul className="border-t">
        {points.length === 0 && <li className="border-b py-2 text-faint">Nothing adds to it.</li>}
        {points.map(({ what, points: cost, evidence }) => (
          <li key={what} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-b py-2">
            <span className="wrap-anywhere">
              <Said text={what} />
            </span>
            <span className="text-soft">{pointsWords(cost)}</span>
            <p className="col-span-2 text-small wrap-anywhere text-faint">
              <Said text={evidence.join(" · ")} />
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const SIDE_MAX = 10

/** The side as a bar of ten, each point as long as it weighs; the list below says which is which. */
function PointsBar({ points }: { points: readonly RiskPointView[] }): ReactNode {
  const rest = SIDE_MAX - points.reduce((sum, point) => sum + point.points, 0)
  return (
    <div aria-hidden="true" className="mb-3 flex h-2 gap-px overflow-hidden rounded-full bg-hover">
      {points.map(({ what, points: cost }) => (
        <span
          key={what}
          title={plainText(`${what} ${pointsWords(cost)}`)}
          className="bg-accent"
          style={{ flexGrow: cost }}
        />
      ))}
      <span style={{ flexGrow: Math.max(0, rest) }} />
    </div>
  )
}
