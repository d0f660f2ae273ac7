/** How a document of policies is spoken of where it is shown and written. */
export interface DocumentWords {
  readonly title: string
  /** What it is, in a sentence or two. */
  readonly about: string
  /** What the editor is called: the document and its language. */
  readonly editor: string
  readonly hint: string
  /** What is told where nobody has written it. */
  readonly none: string
  /** What to begin with. */
  readonly template: string
}

export const GUARD_RAILS: DocumentWords = {
  title: "Guard-rails",
  about:
    "They forbid, for every agent, whatever its manifest says; or they ask, where @ask names who is asked.",
  editor: "Guard-rails (Cedar)",
  hint: "Only forbid policies. @id names one, @say is what a refused agent is told.",
  none: "No guard-rail of your own binds agents. Those that ship do: tier, task, and who answers for them.",
  template: `@id("frozen") @say("nothing is paid over the holidays")
forbid (principal is Tabard::Agent, action in Tabard::Action::"effect:financial", resource)
when { context.session.now < datetime("2027-01-04T00:00:00Z") };
`,
}

export const OFFERED: DocumentWords = {
  title: "Guard-rails that are offered",
  about:
    "Two that ship, each in the environments that you name. An identity that is proven: agents act only by what their platform or hardware proves. A rehearsal: agents only read until one in observe mode was recorded.",
  editor: "Where the offered guard-rails hold (YAML)",
  hint: "The environments are development, test, staging and production; default stands for agents of which nobody says where they run.",
  none: "Nobody has settled it: both hold in production, and where nobody says the environment on a server that was started for production.",
  template: `proven-identity: [production]
rehearsed: [production]
`,
}

export const OWN_TIERS: DocumentWords = {
  title: "Tiers of your own",
  about:
    "A tier is a ceiling: it reaches the effect classes that it names, and no manifest, task or approval goes past it.",
  editor: "Tiers (YAML)",
  hint: "A tier that agents have cannot go. Narrowing one is in force at once.",
  none: "There are the three tiers that ship.",
  template: `tiers:
  payments:
    words: Moves money for finance, and nothing else.
    reaches: [read, financial]
`,
}

export const CASES: DocumentWords = {
  title: "Cases",
  about:
    "Questions about calls, and what the answers have to be. They rule nothing: policies are held to them.",
  editor: "Cases (YAML)",
  hint: "who is an agent by its id; when says task: false, or in which task. expect is permit, ask or deny, or says more.",
  none: "Nobody has written any.",
  template: `version: 1
cases:
  - name: Without a task it does nothing
    who: agt_…
    call: { server: notes, tool: write_file, arguments: { path: /tmp/a } }
    when: { task: false }
    expect: deny
`,
}

/** Answers how a set of values is spoken of. */
export function setWords(name: string): DocumentWords {
  return {
    title: name,
    about: `Manifests name it by inSet: ${name}. Those that do are compiled anew when it changes.`,
    editor: "Values",
    hint: "One on each line. Empty lines and lines that begin with # say nothing.",
    none: "It holds no values yet.",
    template: "",
  }
}

/** Answers how the policies that are written by hand beside a manifest are spoken of. */
export function handWords(agent: string): DocumentWords {
  return {
    title: "Written by hand",
    about: "Cedar beside the manifest, for this agent alone, within its tier and under every guard-rail.",
    editor: "Policies by hand (Cedar)",
    hint: `The principal of each is exactly this agent: principal == Tabard::Agent::"${agent}".`,
    none: "Nothing is written by hand beside the manifest.",
    template: `@id("no-export")
forbid (principal == Tabard::Agent::"${agent}", action in Tabard::Action::"effect:egress", resource);
`,
  }
}
