import type { AgentDetail } from "@tabard/api"
import type { ReactNode } from "react"
import { ExactText } from "../../components/exact-json.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { Icon } from "../../components/icon.tsx"
import { Section } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { ManifestEditor } from "./manifest-editor.tsx"

/** What an agent is declared to be for and may do: the text on the left, what it means on the right. */
export function ManifestTab({ agent }: { agent: AgentDetail }): ReactNode {
  if (agent.mandate === null) return <Unadopted />
  return (
    <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
      <ManifestEditor agent={agent} />
      {agent.manifest ? <Meaning manifest={agent.manifest} /> : <NoManifest />}
    </div>
  )
}

function Meaning({ manifest }: { manifest: NonNullable<AgentDetail["manifest"]> }): ReactNode {
  const version = <span className="text-small text-faint">version {manifest.version}, in force</span>
  return (
    <Section title="What it means" beside={version} className="min-w-0">
      <ul className="border-t">
        {manifest.sentences.map((sentence) => (
          <li key={sentence} className="border-b py-2 text-pretty wrap-anywhere">
            <Said text={sentence} />
          </li>
        ))}
      </ul>
      <Cedar policies={manifest.policies} />
    </Section>
  )
}

/** What decisions go by, for whoever wants to see it exactly. */
function Cedar({ policies }: Pick<NonNullable<AgentDetail["manifest"]>, "policies">): ReactNode {
  const text = policies.map(({ id, text: policy }) => `// ${id}\n${policy}`).join("\n\n")
  return (
    <details className="group mt-3">
      <summary className="inline-flex items-center gap-1.5 text-small text-soft hover:text-ink">
        <Icon name="right" className="size-3 transition-transform duration-100 group-open:rotate-90" />
        The Cedar that it is compiled to
      </summary>
      <div className="mt-2">
        <ExactText text={text} label="The Cedar that it is compiled to" />
      </div>
    </details>
  )
}

function Unadopted(): ReactNode {
  return (
    <EmptyFace title="Adopt it first">
      A manifest binds an agent that somebody answers for. Until it is adopted it may use no tool at all.
    </EmptyFace>
  )
}

function NoManifest(): ReactNode {
  return (
    <EmptyFace title="No manifest is in force">
      Until there is one, the agent may use no tool at all. What it allows is told here in sentences.
    </EmptyFace>
  )
}
