import type { PolicyTestInput } from "@tabard/api"
import type { ReactNode } from "react"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { usePolicyTest } from "../../data/policy-test-query.ts"
import { CaseRows, CaseSum } from "./case-rows.tsx"
import type { OwnPlace } from "./policy-document.tsx"

/** Says which of the kept cases would fail by a document that is not in force yet; of cases, what they come to now. */
export function CasePreview({ place, source }: { place: OwnPlace; source: string }): ReactNode {
  const asked = askedOf(place, source)
  return asked && <Asked asked={asked} />
}

function askedOf({ kind, subject }: OwnPlace, text: string): PolicyTestInput | null {
  switch (kind) {
    case "cases":
      return { source: text }
    case "set":
      return { draft: { kind, name: subject, text } }
    case "guard":
    case "offered":
    case "tier":
      return { draft: { kind, text } }
    case "hand":
      return null
  }
}

function Asked({ asked }: { asked: PolicyTestInput }): ReactNode {
  return (
    <Loaded
      reading={readingOf(usePolicyTest(asked))}
      what="What the cases come to"
      loading={<SkeletonLines lines={2} />}
      isEmpty={({ cases }) => cases.length === 0}
      empty={null}
      partial={() => null}
    >
      {(test) => {
        const failing = test.cases.filter(({ complaints }) => complaints.length > 0)
        return (
          <div>
            {asked.draft && <p className="mb-1 text-soft">What the kept cases would come to:</p>}
            <CaseSum test={test} />
            {failing.length > 0 && <CaseRows cases={failing} />}
          </div>
        )
      }}
    </Loaded>
  )
}
