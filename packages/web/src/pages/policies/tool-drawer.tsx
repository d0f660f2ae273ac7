import type { ToolDetail, ToolVersionView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Drawer, DrawerFact, DrawerPart } from "../../components/drawer.tsx"
import { ExactText } from "../../components/exact-json.tsx"
import { EmptyFace, PartialFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { useTool } from "../../data/tools-query.ts"
import { useIsSteward } from "../../shell/signed-in-context.ts"
import { capabilityWords } from "../../words/access-words.ts"
import { indentedJson } from "../../words/indented-json.ts"
import { CorrectToolForm } from "./correct-tool-form.tsx"

interface ToolDrawerProps {
  readonly id: string
  readonly onClose: () => void
  /** Told the version that is then in force. */
  readonly onCorrected: (id: string) => void
}

/** What one tool is taken for, who said so, and its correction. */
export function ToolDrawer({ id, onClose, onCorrected }: ToolDrawerProps): ReactNode {
  return (
    <Drawer kind="Tool" onClose={onClose}>
      <Loaded
        reading={readingOf(useTool(id))}
        what="The tool"
        loading={<SkeletonLines lines={8} />}
        isEmpty={() => false}
        empty={<EmptyFace title="There is no such tool">Its server may be gone.</EmptyFace>}
        partial={() => null}
      >
        {(tool) => <Story tool={tool} onCorrected={onCorrected} />}
      </Loaded>
    </Drawer>
  )
}

function Story({
  tool,
  onCorrected,
}: { tool: ToolDetail } & Pick<ToolDrawerProps, "onCorrected">): ReactNode {
  const [correcting, setCorrecting] = useState(false)
  const mayCorrect = useIsSteward() && tool.inForce
  return (
    <div className="space-y-5">
      <h2 className="pr-8 font-mono text-lead font-semibold wrap-anywhere">
        <Said text={`${tool.serverName}/${tool.name}`} />
      </h2>
      {!tool.inForce && <PartialFace>Another version of it is in force now.</PartialFace>}
      {correcting ? (
        <CorrectToolForm tool={tool} onClose={() => setCorrecting(false)} onCorrected={onCorrected} />
      ) : (
        <>
          <Taken tool={tool} />
          {mayCorrect && <Button onClick={() => setCorrecting(true)}>Correct what it does…</Button>}
        </>
      )}
      <DrawerPart title="Its definition">
        <ExactText text={indentedJson(tool.definition)} label="Its definition" />
      </DrawerPart>
      <DrawerPart title="Versions">
        <ul className="border-t">
          {tool.versions.map((version) => (
            <li key={version.id} className="border-b py-1.5">
              <Version version={version} />
            </li>
          ))}
        </ul>
      </DrawerPart>
    </div>
  )
}

function Taken({ tool }: { tool: ToolDetail }): ReactNode {
  const roles = Object.entries(tool.roles)
  return (
    <dl>
      <DrawerFact name="It">{capabilityWords(tool.effects)}</DrawerFact>
      <DrawerFact name="Said by">
        {tool.review?.corrected ? <Said text={tool.review.by.name} /> : "its definition"}
      </DrawerFact>
      {roles.map(([name, own]) => (
        <DrawerFact key={name} name={`Argument ${name}`}>
          {own.join(", ")}
        </DrawerFact>
      ))}
    </dl>
  )
}

function Version({ version }: { version: ToolVersionView }): ReactNode {
  const { review } = version
  return (
    <>
      <p className="flex flex-wrap justify-between gap-x-3">
        <span>{capabilityWords(version.effects)}</span>
        <span className="text-small text-faint">
          <Moment at={version.pinnedAt} />
        </span>
      </p>
      <p className="text-small wrap-anywhere text-faint">
        {review ? (
          <>
            {review.corrected ? "corrected by " : "pinned by "}
            <Said text={review.by.name} />: <Said text={review.reason} />
          </>
        ) : (
          "pinned as its server was registered"
        )}
      </p>
    </>
  )
}
