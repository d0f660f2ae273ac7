import type { ToolView } from "@tabard/api"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { Said } from "../../components/said.tsx"
import { plainText } from "../../words/plain-text.ts"

/** The tools of a server to choose from, each with what it does to the world. */
export function ToolChoice(props: {
  tools: readonly ToolView[]
  chosen: ReadonlySet<string>
  onChoose: (chosen: ReadonlySet<string>) => void
}): ReactNode {
  const { tools, chosen, onChoose } = props
  const reading = tools.filter(({ effects }) => effects.every((effect) => effect === "read"))
  const toggle = (name: string): void => {
    const next = new Set(chosen)
    if (!next.delete(name)) next.add(name)
    onChoose(next)
  }
  return (
    <fieldset>
      <legend className="mb-1 flex w-full items-center justify-between font-medium">
        Tools
        {reading.length > 0 && (
          <Button
            size="small"
            look="quiet"
            onClick={() => onChoose(new Set([...chosen, ...reading.map(({ name }) => name)]))}
          >
            All that only read
          </Button>
        )}
      </legend>
      <ul className="max-h-56 overflow-y-auto rounded-md border border-edge">
        {tools.map((tool) => (
          <li key={tool.name} className="border-b last:border-b-0">
            <label
              className="flex min-h-9 items-center gap-2.5 px-3 py-1 hover:bg-hover"
              title={plainText(tool.description)}
            >
              <input
                type="checkbox"
                checked={chosen.has(tool.name)}
                onChange={() => toggle(tool.name)}
                className="size-4 shrink-0 accent-accent-fill"
              />
              <code className="min-w-0 flex-1 truncate font-mono text-small">
                <Said text={tool.name} />
              </code>
              <span className="shrink-0 text-small text-faint">{tool.effects.join(", ") || "unknown"}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
