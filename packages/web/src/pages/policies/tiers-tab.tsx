import type { TierView } from "@tabard/api"
import { EFFECT_CLASSES } from "@tabard/core"
import type { ReactNode } from "react"
import { Icon } from "../../components/icon.tsx"
import { Section } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { useTiers } from "../../data/tiers-query.ts"
import { useIsSteward } from "../../shell/signed-in-context.ts"
import { EFFECT_VERBS } from "../../words/agent-words.ts"
import { OWN_TIERS } from "./document-words.ts"
import { PolicyDocument } from "./policy-document.tsx"

/** Every ceiling and how far it reaches, and the document in which the organisation keeps its own. */
export function TiersTab(): ReactNode {
  const mayWrite = useIsSteward()
  return (
    <div className="space-y-8">
      <Section title="How far each tier reaches">
        <Reaches tiers={useTiers()} />
      </Section>
      <PolicyDocument place={{ kind: "tier", subject: "own" }} words={OWN_TIERS} mayWrite={mayWrite} />
    </div>
  )
}

function Reaches({ tiers }: { tiers: readonly TierView[] }): ReactNode {
  return (
    <div
      role="region"
      aria-label="How far each tier reaches"
      tabIndex={0}
      className="relative overflow-x-auto -outline-offset-2"
    >
      <table className="w-full min-w-3xl text-left">
        <thead>
          <tr className="border-b text-small text-faint">
            <th className="py-2 pr-4 font-normal">Tier</th>
            {EFFECT_CLASSES.map((effect) => (
              <th key={effect} className="px-2 text-center align-bottom font-normal">
                {EFFECT_VERBS[effect]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tiers.map((tier) => (
            <tr key={tier.name} className="border-b">
              <td className="py-2 pr-4">
                <span className="block font-medium">
                  <Said text={tier.name} />
                  {tier.ships && <span className="ml-2 text-small font-normal text-faint">ships</span>}
                </span>
                <span className="block max-w-md text-small text-pretty text-soft">
                  <Said text={tier.words} />
                </span>
              </td>
              {EFFECT_CLASSES.map((effect) => (
                <td key={effect} className="px-2 text-center">
                  <Reach reaches={tier.reaches.includes(effect)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Reach({ reaches }: { reaches: boolean }): ReactNode {
  return reaches ? (
    <>
      <Icon name="check" className="mx-auto size-4" />
      <span className="sr-only">reaches</span>
    </>
  ) : (
    <>
      <span aria-hidden="true" className="text-faint">
        ·
      </span>
      <span className="sr-only">does not reach</span>
    </>
  )
}
