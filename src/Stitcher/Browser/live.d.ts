/** What starts, refreshes and replaces fragments, served by the gateway. */
declare module '@stitcher/live' {
  import type { Bus } from '@stitcher/bus';

  type Parameters = Record<string, string | number | boolean | null | undefined>;

  /** The second argument of a module's default export. */
  export interface FragmentContext {
    /** Ends when the fragment is swapped for another or its page goes. */
    signal: AbortSignal;
    bus: Bus;
    /** Where the fragment can be asked for again; undefined when its service did not open it to browsers. */
    fragment?: string;
    /** Asks for the fragment again, with other parameters, and puts it in its place. */
    refresh(parameters?: Parameters): Promise<HTMLElement>;
  }

  /** A module's default export. What it returns is called, or disposed of, when the fragment goes. */
  export type Hydrate = (root: HTMLElement, context: FragmentContext) => void | (() => void) | { dispose(): void } | Promise<void | (() => void) | { dispose(): void }>;

  export interface FormAnswer {
    ok: boolean;
    location?: string;
    topics?: Record<string, unknown>;
    errors?: Record<string, string>;
    message?: string;
  }

  export const generation: string;
  export function wake(part: ParentNode): Promise<unknown>;
  export function end(part: ParentNode): void;
  export function preload(specifier: string): void;
  export function refresh(root: HTMLElement, parameters?: Parameters, options?: { signal?: AbortSignal }): Promise<HTMLElement>;
  export function submit(form: HTMLFormElement, options?: { signal?: AbortSignal; submitter?: HTMLElement | null }): Promise<FormAnswer | undefined>;
  export function navigate(url: string, options?: { replace?: boolean }): void;
}
