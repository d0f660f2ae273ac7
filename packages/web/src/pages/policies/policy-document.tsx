import type { OwnPoliciesInput, PolicyDocumentView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { ExactText } from "../../components/exact-json.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Section } from "../../components/page.tsx"
import { PersonName } from "../../components/person-name.tsx"
import { useOwnDocument } from "../../data/own-policies-query.ts"
import { CompiledCedar } from "./compiled-cedar.tsx"
import { DocumentEditor } from "./document-editor.tsx"
import { DocumentHistory } from "./document-history.tsx"
import type { DocumentWords } from "./document-words.ts"

/** Which document that can be written. */
export type OwnPlace = Pick<OwnPoliciesInput, "kind" | "subject">

/** A document of policies: what is in force, who wrote it, what was before, and for whoever may, its editor. */
export function PolicyDocument(props: {
  place: OwnPlace
  words: DocumentWords
  mayWrite: boolean
}): ReactNode {
  const { place, words, mayWrite } = props
  const [editing, setEditing] = useState(false)
  const document = useOwnDocument(place)
  const version = document.data?.version ?? 0
  return (
    <Section
      title={words.title}
      className="min-w-0"
      beside={
        mayWrite &&
        document.data &&
        !editing && (
          <Button size="small" onClick={() => setEditing(true)}>
            {version === 0 ? "Write it…" : "Change it…"}
          </Button>
        )
      }
    >
      <p className="mb-3 max-w-prose text-pretty text-soft">{words.about}</p>
      <Loaded
        reading={readingOf(document)}
        what={words.title}
        loading={<SkeletonLines lines={4} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {(shown) =>
          editing ? (
            <DocumentEditor place={place} words={words} document={shown} onDone={() => setEditing(false)} />
          ) : (
            <InForce document={shown} words={words} />
          )
        }
      </Loaded>
      {version > 0 && <DocumentHistory place={place} mayWrite={mayWrite && !editing} />}
    </Section>
  )
}

function InForce({ document, words }: { document: PolicyDocumentView; words: DocumentWords }): ReactNode {
  if (document.version === 0) return <p className="max-w-prose text-pretty text-faint">{words.none}</p>
  return (
    <div className="space-y-2">
      {document.source.trim() === "" ? (
        <p className="text-faint">It is empty.</p>
      ) : (
        <ExactText text={document.source} label={words.editor} />
      )}
      <p className="text-small text-faint">
        Version {document.version}, put in force by <PersonName id={document.author} />{" "}
        {document.at && <Moment at={document.at} />}
      </p>
      <CompiledCedar source={document.source} policies={document.policies} />
    </div>
  )
}
