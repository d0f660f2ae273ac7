import type { RiskPointView } from "@tabard/api"
import type { ReactNode } from "react"
import { Section } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
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
      <ul className="border-t">
        {points.length === 0 && <li className="border-b py-2 text-faint">Nothing adds to it.</li>}
        {points.map(({ what, points: cost, evidence }) => (
          <li key={what} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-b py-2">
            <span className="wrap-anywhere">
              <Said text={what} />
            </span>
            <span className="text-soft">{pointsWords(cost)}</span>
            <ul className="col-span-2 text-small text-faint">
              {evidence.map((piece) => (
                <li key={piece} className="wrap-anywhere">
                  <Said text={piece} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Section>
  )
}
