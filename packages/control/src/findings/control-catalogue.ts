import { readFileSync } from "node:fs"

/** A published set of controls. */
export interface ControlFramework {
  readonly id: string
  readonly title: string
}

/** One control of a framework. */
export interface Control {
  readonly framework: string
  readonly id: string
  readonly title: string
}

/** The controls that findings and evidence speak to: data, with a version and a date. */
export interface ControlCatalogue {
  readonly version: string
  readonly date: string
  readonly frameworks: readonly ControlFramework[]
  readonly controls: readonly Control[]
}

let loaded: ControlCatalogue | undefined

/** Answers the catalogue that ships with this package; a test holds its file to the shape it is read as. */
export function controlCatalogue(): ControlCatalogue {
  loaded ??= read()
  return loaded
}

/** Answers how rules name a control: `framework:id`. */
export function controlName({ framework, id }: Control): string {
  return `${framework}:${id}`
}

function read(): ControlCatalogue {
  return JSON.parse(readFileSync(new URL("../../knowledge/controls.json", import.meta.url), "utf8"))
}
