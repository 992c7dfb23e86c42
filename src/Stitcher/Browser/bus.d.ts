/** The page's bus, served by the gateway. */
declare module '@stitcher/bus' {
  /** What each topic's value is. Add to it: `declare module '@stitcher/bus' { interface Topics { 'cart:changed': Line[] } }`. */
  export interface Topics {}

  export type TopicName = keyof Topics | (string & {});
  export type TopicValue<Name> = Name extends keyof Topics ? Topics[Name] : unknown;

  export interface About {
    topic: string;
    /** Who sent it, when they said so. */
    from?: string;
    /** True for the value that was kept before the listener came. */
    replayed: boolean;
  }

  /** A store as Svelte takes it; `subscribe` and `get` are what React's `useSyncExternalStore` takes. */
  export interface Store<Value> {
    get(): Value;
    set(value: Value): void;
    update(change: (value: Value) => Value): void;
    /** Calls at once with the value that is there. */
    subscribe(run: (value: Value) => void): () => void;
  }

  export interface Bus {
    /** Tells everybody who listens; with `retain` those, too, who come later. */
    emit<Name extends TopicName>(topic: Name, value?: TopicValue<Name>, options?: { retain?: boolean; from?: string }): void;
    /** Listens; hears the kept value first, unless `replay` is false. Ends with the signal or by the function that it returns. */
    on<Name extends TopicName>(topic: Name, listener: (value: TopicValue<Name>, about: About) => void, options?: { replay?: boolean; signal?: AbortSignal }): () => void;
    /** The kept value. */
    get<Name extends TopicName>(topic: Name): TopicValue<Name> | undefined;
    /** A topic whose last value is kept, as a store. */
    store<Name extends TopicName>(topic: Name, initial?: TopicValue<Name>): Store<TopicValue<Name>>;
  }

  export const emit: Bus['emit'];
  export const on: Bus['on'];
  export const get: Bus['get'];
  export const store: Bus['store'];
  const bus: Bus;
  export default bus;
}
