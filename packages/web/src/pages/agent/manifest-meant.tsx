import type { AgentDetail, ManifestMeaning } from "@tabard/api"
import type { ReactNode } from "react"
import { EmptyFace } from "../../components/faces.tsx"
import { Section } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { count } from "../../words/count.ts"
import { CompiledCedar } from "../policies/compiled-cedar.tsx"

/** What a manifest means in sentences and in Cedar: as it is in force, or as it is being written. */
export function ManifestMeant(props: {
  manifest: AgentDetail["manifest"]
  drafted: ManifestMeaning | undefined
}): ReactNode {
  const { manifest, drafted } = props
  if (drafted && drafted.problems.length > 0) return <NotYet problems={drafted.problems.length} />
  if (drafted) return <Meaning title="What it would mean" beside="not in force yet" meaning={drafted} />
  if (!manifest) return <NoManifest />
  return <Meaning title="What it means" beside={`version ${manifest.version}, in force`} meaning={manifest} />
}

function Meaning(props: {
  title: string
  beside: string
  meaning: Pick<ManifestMeaning, "sentences" | "policies">
}): ReactNode {
  const { title, beside, meaning } = props
  return (
    <Section
      title={title}
      beside={<span className="text-small text-faint">{beside}</span>}
      className="min-w-0"
    >
      <ul className="mb-3 border-t">
        {meaning.sentences.map((sentence) => (
          <li key={sentence} className="border-b py-2 text-pretty wrap-anywhere">
            <Said text={sentence} />
          </li>
        ))}
      </ul>
      <CompiledCedar policies={meaning.policies} />
    </Section>
  )
}

function NotYet({ problems }: { problems: number }): ReactNode {
  return (
    <Section
      title="What it would mean"
      beside={<span className="text-small text-faint">cannot be in force yet</span>}
      className="min-w-0"
    >
      <p className="border-y py-2 text-pretty text-soft">
        {count(problems, "problem")} to put right: each stands under the text, and leads to its line.
      </p>
    </Section>
  )
}

function NoManifest(): ReactNode {
  return (
    <EmptyFace title="No manifest is in force">
      Until there is one, the agent may use no tool at all. What it allows is told here in sentences.
    </EmptyFace>
  )
}
