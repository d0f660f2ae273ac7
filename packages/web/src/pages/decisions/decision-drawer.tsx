import type { DecisionDetail } from "@tabard/api"
import type { ReactNode } from "react"
import { Drawer } from "../../components/drawer.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { PageTabs } from "../../components/page-tabs.tsx"
import { Said } from "../../components/said.tsx"
import { useDecision } from "../../data/decisions-query.ts"
import { EffectMark } from "../audit/effect-mark.tsx"
import { WhatIf } from "./what-if.tsx"
import { Why } from "./why.tsx"

/** The parts of one decision: why it came out so, and what would have been otherwise. */
export type DecisionPart = "why" | "what-if"

const PARTS: Readonly<Record<DecisionPart, string>> = { why: "Why", "what-if": "What if" }

/** One decision beside its list: the answer first, then what explains it, or the same question with anything changed. */
export function DecisionDrawer(props: {
  id: string
  part: DecisionPart
  onPart: (part: DecisionPart) => void
  onClose: () => void
}): ReactNode {
  const { id, part, onPart, onClose } = props
  return (
    <Drawer kind="Decision" onClose={onClose}>
      <Loaded
        reading={readingOf(useDecision(id))}
        what="The decision"
        loading={<SkeletonLines lines={10} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {(decision) => (
          <div className="space-y-4 pb-6">
            <Head decision={decision} />
            <PageTabs<DecisionPart>
              names={["why", "what-if"]}
              shown={part}
              onShow={onPart}
              label={(name) => PARTS[name]}
            >
              {(name) => (name === "why" ? <Why decision={decision} /> : <WhatIf decision={decision} />)}
            </PageTabs>
          </div>
        )}
      </Loaded>
    </Drawer>
  )
}

function Head({ decision }: { decision: DecisionDetail }): ReactNode {
  return (
    <header className="pr-8">
      <p className="mb-1 flex flex-wrap items-center gap-x-3 text-small">
        <EffectMark effect={decision.effect} />
        <span className="text-faint">
          <Moment at={decision.at} />
        </span>
      </p>
      <h2 className="text-lead font-semibold text-pretty wrap-anywhere">
        <Said text={decision.sentence} />
      </h2>
    </header>
  )
}
