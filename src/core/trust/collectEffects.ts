import type { SyntaxNode } from '@lezer/common';
import { argumentsOf, childrenOf, type PythonSource, textOf } from '../python/pythonSyntax';
import type { BoundValue, CodeCall, Effects, HeldName, Hold, Mutation, PathHint } from './effects';
import { normalizedText } from './normalizedText';

/** Deeper code is no code by human hand. */
const maxDepth = 200;
const bracketOrComma = /^(?:[()[\]{},:]|Comment|\*\*?|⚠)$/;

/** The effects of one statement of a module. */
export function collectStatement(node: SyntaxNode, source: PythonSource): Effects {
  const collector = new Collector(source);
  collector.statement(node, false);
  return collector.finish();
}

/** Walks code in the order in which it runs, as far as that can be told. */
class Collector {
  private readonly reads = new Map<string, 'whole' | Set<string>>();
  private readonly deferred = new Set<string>();
  private readonly binds: BoundValue[] = [];
  private readonly mutations: Mutation[] = [];
  private readonly calls: CodeCall[] = [];
  private readonly deletes = new Set<string>();
  private readonly stars: string[] = [];
  private readonly guarded = new Set<string>();
  private readonly bound = new Set<string>();
  /** Names of comprehensions, and of the function if this is one; with what they may refer to. */
  private readonly locals = new Map<string, HeldName[]>();
  private readonly globals = new Set<string>();
  private readonly callOf = new Map<number, number>();
  private params: readonly string[] = [];
  private yields = false;
  private returnsSelf = false;
  private isBroken = false;
  private depth = 0;
  private guards = 0;

  constructor(
    private readonly source: PythonSource,
    private readonly isFunction = false,
  ) {}

  finish(): Effects {
    const isOwn = (name: string) =>
      this.isFunction && this.locals.has(name) && !this.params.includes(name);
    const calls = this.calls.map((call) => ({
      ...call,
      receivers: [
        ...new Set(
          [...call.receivers, ...(call.root === undefined ? [] : this.originsOf(call.root))].filter(
            (name) => !isOwn(name),
          ),
        ),
      ],
      args: call.args.flatMap((arg) =>
        isOwn(arg.name)
          ? [...this.originsOf(arg.name)]
              .filter((name) => !isOwn(name))
              .map((name) => ({ ...arg, name }))
          : [arg],
      ),
    }));
    return {
      reads: this.reads,
      deferred: this.deferred,
      binds: this.binds,
      mutations: this.mutations.filter(({ name }) => !isOwn(name)),
      calls,
      deletes: this.deletes,
      stars: this.stars,
      guarded: this.guarded,
      params: this.params,
      yields: this.yields,
      returnsSelf: this.returnsSelf,
      isBroken: this.isBroken,
    };
  }

  private text(node: SyntaxNode): string {
    return textOf(node, this.source);
  }

  private read(name: string, key?: string): void {
    if (this.locals.has(name) || this.bound.has(name)) return;
    if (this.guards > 0) this.guarded.add(name);
    const known = this.reads.get(name);
    if (key === undefined) this.reads.set(name, 'whole');
    else if (known === undefined) this.reads.set(name, new Set([key]));
    else if (known !== 'whole') known.add(key);
  }

  /** Binds a name; within a function that is its own, unless it says `global`. */
  private bind(value: BoundValue): void {
    if (this.isLocalName(value.name)) {
      const known = this.locals.get(value.name) ?? [];
      this.locals.set(value.name, [
        ...known,
        ...value.holds,
        ...(value.alias === undefined ? [] : [{ name: value.alias, hold: 'maybe' as const }]),
      ]);
      return;
    }
    this.binds.push(value);
    if (!value.isMaybe) this.bound.add(value.name);
  }

  private isLocalName(name: string): boolean {
    return this.locals.has(name) || (this.isFunction && !this.globals.has(name));
  }

  private mutate(mutation: Mutation): void {
    this.mutations.push(mutation);
    for (const name of this.originsOf(mutation.name)) {
      if (name !== mutation.name) this.mutations.push({ ...mutation, name, isDeep: true });
    }
  }

  /** What a name bound here may refer to, also through others. */
  private originsOf(name: string): Set<string> {
    const origins = new Set<string>();
    const pending = [name];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (origins.has(next)) continue;
      origins.add(next);
      const of = this.locals.get(next) ?? [];
      const bound = this.binds.filter((value) => value.name === next);
      for (const held of [...of, ...bound.flatMap(({ holds }) => holds)]) pending.push(held.name);
      for (const { alias } of bound) if (alias !== undefined) pending.push(alias);
    }
    return origins;
  }

  // Statements ---------------------------------------------------------------------------------

  block(node: SyntaxNode, isMaybe: boolean): void {
    for (const child of childrenOf(node)) this.statement(child, isMaybe);
  }

  statement(node: SyntaxNode, isMaybe: boolean): void {
    this.depth += 1;
    if (this.depth > maxDepth) this.isBroken = true;
    else this.statementInside(node, isMaybe);
    this.depth -= 1;
  }

  private statementInside(node: SyntaxNode, isMaybe: boolean): void {
    switch (node.name) {
      case 'AssignStatement':
        this.assign(node, isMaybe);
        return;
      case 'UpdateStatement':
        this.update(node, isMaybe);
        return;
      case 'ForStatement':
        this.loop(node, isMaybe);
        return;
      case 'WithStatement':
        this.with(node, isMaybe);
        return;
      case 'IfStatement':
        this.branches(node, isMaybe);
        return;
      case 'TryStatement':
        this.attempt(node);
        return;
      case 'WhileStatement':
        for (const child of childrenOf(node)) {
          if (child.name === 'Body') this.block(child, true);
          else this.expression(child);
        }
        return;
      case 'MatchStatement':
        this.match(node);
        return;
      case 'FunctionDefinition':
        this.define(node, isMaybe);
        return;
      case 'ClassDefinition':
        this.defineClass(node, isMaybe);
        return;
      case 'DecoratedStatement': {
        for (const decorator of node.getChildren('Decorator')) this.expressionsIn(decorator);
        const inner = node.lastChild;
        if (inner !== null) this.statement(inner, isMaybe);
        return;
      }
      case 'ImportStatement':
        this.import(node, isMaybe);
        return;
      case 'DeleteStatement':
        for (const target of childrenOf(node)) {
          if (target.name === 'VariableName') {
            this.read(this.text(target));
            this.deletes.add(this.text(target));
          } else if (target.name === 'MemberExpression') this.store(target, 'update');
        }
        return;
      case 'ScopeStatement':
        for (const name of node.getChildren('VariableName')) {
          if (this.text(node).startsWith('global')) this.globals.add(this.text(name));
        }
        return;
      case 'ReturnStatement':
        this.returnsSelf ||= /^return\s+self\b\s*$/.test(this.text(node));
        this.expressionsIn(node);
        return;
      case 'StatementGroup':
      case 'Body':
        this.block(node, isMaybe);
        return;
      case 'Comment':
      case 'PassStatement':
        return;
      case '⚠':
        this.isBroken = true;
        return;
      default:
        this.expressionsIn(node);
        return;
    }
  }

  private assign(node: SyntaxNode, isMaybe: boolean): void {
    const parts: SyntaxNode[][] = [[]];
    for (const child of childrenOf(node)) {
      if (child.name === 'AssignOp') parts.push([]);
      else if (child.name === 'TypeDef') this.expressionsIn(child);
      else if (child.name === '⚠') this.isBroken = true;
      else if (!bracketOrComma.test(child.name)) parts.at(-1)?.push(child);
    }
    // `x: int` alone binds nothing.
    if (parts.length < 2) return;
    const values = parts.pop() ?? [];
    for (const value of values) this.expression(value, values.length === 1);
    const unpacked = values.length === 1 ? unpack(values[0]) : values;
    const starred = /(?:^|[,(\s])\*/.test(this.text(node).split('=')[0] ?? '');
    const bound = parts.map((part) =>
      part.flatMap((target) => unpack(target)).length === 1 && part.length === 1
        ? [{ target: part[0], value: values.length === 1 ? values[0] : undefined }]
        : part
            .flatMap((target) => unpack(target))
            .map((target, i, all) => ({
              target,
              value: !starred && all.length === unpacked.length ? unpacked[i] : undefined,
            })),
    );
    // All values are read before any name is bound: `x, y = y, x`.
    const shared = bound.flat().map(({ target, value }) => ({
      target,
      shape: value === undefined ? this.partsOf(values) : this.shapeOf(value),
    }));
    for (const { target, shape } of shared) {
      if (target !== undefined) this.bindTarget(target, shape, isMaybe);
    }
  }

  private partsOf(values: readonly SyntaxNode[]): Shape {
    const holds = values.flatMap((value) => this.heldBy(value, 'maybe'));
    return { isImmutable: false, isIterator: false, holds };
  }

  private bindTarget(target: SyntaxNode, shape: Shape, isMaybe: boolean): void {
    if (target.name === 'VariableName') {
      this.bind({ ...shape, name: this.text(target), isMaybe });
    } else if (target.name === 'MemberExpression') this.store(target, 'store');
    else if (target.name === 'TupleExpression' || target.name === 'ArrayExpression') {
      const holds = shape.holds.map((held) => ({ ...held, hold: 'maybe' as const }));
      for (const part of unpack(target)) {
        this.bindTarget(part, { isImmutable: false, isIterator: false, holds }, isMaybe);
      }
    } else this.expression(target);
  }

  /** Sets a part: `x["a"] = …`, `x.a = …`, `x[0].a = …`. */
  private store(target: SyntaxNode, how: 'store' | 'update'): void {
    const { root, links, key } = this.chainOf(target);
    for (const child of indexesOf(target)) this.expression(child);
    if (root === undefined) {
      if (target.firstChild !== null) this.expression(target.firstChild);
      return;
    }
    const isPart = key !== undefined && links === 1 && how === 'store';
    if (links > 1 || how === 'update') this.read(root);
    this.mutate({
      name: root,
      kind: how === 'update' ? 'update' : isPart ? 'part' : 'store',
      key: isPart ? key : normalizedText(target, this.source),
      isDeep: links > 1,
    });
  }

  private update(node: SyntaxNode, isMaybe: boolean): void {
    const target = node.firstChild;
    if (target === null) return;
    for (const child of childrenOf(node).slice(1)) {
      if (child.name !== 'UpdateOp') this.expression(child);
    }
    if (target.name !== 'VariableName') {
      this.expression(target);
      this.store(target, 'update');
      return;
    }
    const name = this.text(target);
    this.read(name);
    const value = node.lastChild;
    const holds = value === null ? [] : this.heldBy(value, 'contains');
    if (this.isLocalName(name)) this.mutate({ name, kind: 'update', key: '', isDeep: false });
    this.bind({ name, isMaybe, isImmutable: false, isIterator: false, holds, isUpdate: true });
  }

  private loop(node: SyntaxNode, isMaybe: boolean): void {
    const children = childrenOf(node);
    const at = children.findIndex(({ name }) => name === 'in');
    const bodyAt = children.findIndex(({ name }) => name === 'Body');
    const iterated = children
      .slice(at + 1, bodyAt)
      .filter(({ name }) => !bracketOrComma.test(name));
    for (const child of iterated) this.expression(child);
    for (const child of iterated) this.consume(child);
    const runs = iterated.every((child) => this.hasItems(child));
    const shape = this.partsOf(iterated);
    for (const target of children.slice(0, at)) {
      if (/^(?:async|for)$/.test(target.name) || bracketOrComma.test(target.name)) continue;
      this.bindTarget(target, shape, isMaybe || !runs);
      // Within the body it is bound.
      for (const part of unpack(target)) {
        if (part.name === 'VariableName') this.bound.add(this.text(part));
      }
    }
    const [body, ...others] = children.slice(bodyAt).filter(({ name }) => name === 'Body');
    if (body !== undefined) this.block(body, isMaybe || !runs);
    for (const other of others) this.block(other, true);
  }

  private hasItems(node: SyntaxNode): boolean {
    const text = this.text(node);
    return /^range\(\s*[1-9]\d*\s*\)$|^range\(1, ?[1-9]\d+\)$|^\[[^\]]|^\([^)]/.test(text);
  }

  private with(node: SyntaxNode, isMaybe: boolean): void {
    let value: SyntaxNode | undefined;
    let isTarget = false;
    for (const child of childrenOf(node)) {
      if (child.name === 'Body') this.block(child, isMaybe);
      else if (child.name === 'as') isTarget = true;
      else if (child.name === ',') isTarget = false;
      else if (child.name === '⚠') this.isBroken = true;
      else if (/^(?:with|async|[()])$/.test(child.name)) continue;
      else if (isTarget && value !== undefined) {
        this.bindTarget(child, this.shapeOf(value), isMaybe);
        isTarget = false;
      } else {
        this.expression(child);
        value = child;
      }
    }
  }

  private branches(node: SyntaxNode, isMaybe: boolean): void {
    const before = new Set(this.bound);
    const ends: Set<string>[] = [];
    let hasElse = false;
    for (const child of childrenOf(node)) {
      if (child.name === 'else') hasElse = true;
      if (child.name !== 'Body') {
        if (!/^(?:if|elif|else)$/.test(child.name)) this.expression(child);
        continue;
      }
      const from = this.binds.length;
      this.block(child, isMaybe);
      ends.push(new Set(this.bound));
      this.keepBound(before);
      // What one branch binds may be left as it was by another.
      for (let at = from; at < this.binds.length; at += 1) {
        const value = this.binds[at];
        if (value !== undefined) this.binds[at] = { ...value, isMaybe: true };
      }
    }
    if (!hasElse || isMaybe) return;
    const [first, ...others] = ends;
    for (const name of first ?? []) {
      if (!before.has(name) && others.every((end) => end.has(name))) {
        this.bound.add(name);
        for (const [at, value] of this.binds.entries()) {
          if (value.name === name) this.binds[at] = { ...value, isMaybe: false };
        }
      }
    }
  }

  private keepBound(names: ReadonlySet<string>): void {
    for (const name of this.bound) if (!names.has(name)) this.bound.delete(name);
  }

  private attempt(node: SyntaxNode): void {
    let isTried = true;
    let isName = false;
    for (const child of childrenOf(node)) {
      if (child.name === 'Body') {
        const before = new Set(this.bound);
        if (isTried) this.guards += 1;
        this.block(child, true);
        if (isTried) this.guards -= 1;
        isTried = false;
        this.keepBound(before);
      } else if (child.name === 'as') isName = true;
      else if (isName && child.name === 'VariableName') {
        isName = false;
        this.bind({
          ...{ name: this.text(child), isMaybe: true, isImmutable: false },
          ...{ isIterator: false, holds: [] },
        });
      } else if (!/^(?:try|except|finally|else)$/.test(child.name)) this.expression(child);
    }
  }

  private match(node: SyntaxNode): void {
    const subject = node.getChild('VariableName');
    const holds = subject === null ? [] : this.heldBy(subject, 'maybe');
    const visit = (inner: SyntaxNode): void => {
      if (inner.name === 'Body') this.block(inner, true);
      else if (inner.name === 'Guard') this.expressionsIn(inner);
      else if (inner.name === 'CapturePattern' || inner.name === 'AsPattern') {
        const name = inner.name === 'AsPattern' ? inner.lastChild : inner.firstChild;
        if (name?.name === 'VariableName' && this.text(name) !== '_') {
          const bound = { isMaybe: true, isImmutable: false, isIterator: false, holds };
          this.bind({ name: this.text(name), ...bound });
        }
        if (inner.name === 'AsPattern' && inner.firstChild !== null) visit(inner.firstChild);
      } else if (inner.name === 'ClassPattern' && inner.firstChild?.name === 'VariableName') {
        this.read(this.text(inner.firstChild));
        for (const child of childrenOf(inner).slice(1)) visit(child);
      } else if (/Pattern|Match|PatternArgList/.test(inner.name)) childrenOf(inner).forEach(visit);
      else if (inner.parent?.name === 'MatchStatement') this.expression(inner);
    };
    childrenOf(node).forEach(visit);
    this.takeCertain(node);
  }

  /** Names that every clause binds are bound if one of them takes whatever comes. */
  private takeCertain(node: SyntaxNode): void {
    const clauses = node.getChild('MatchBody')?.getChildren('MatchClause') ?? [];
    if (!/^case\s+_\s*:/.test(this.text(clauses.at(-1) ?? node))) return;
    const assigned = clauses.map(
      (clause) =>
        new Set(
          (clause.getChild('Body')?.getChildren('AssignStatement') ?? []).map((each) =>
            each.firstChild === null ? '' : this.text(each.firstChild),
          ),
        ),
    );
    for (const [at, value] of this.binds.entries()) {
      if (!assigned.every((names) => names.has(value.name))) continue;
      this.binds[at] = { ...value, isMaybe: false };
      this.bound.add(value.name);
    }
  }

  private define(node: SyntaxNode, isMaybe: boolean): void {
    const named = node.getChild('VariableName');
    const list = node.getChild('ParamList');
    const body = node.getChild('Body');
    if (named === null || body === null) {
      this.isBroken = true;
      return;
    }
    const params = list === null ? [] : this.paramsOf(list);
    for (const type of node.getChildren('TypeDef')) this.expressionsIn(type);
    const inner = this.innerEffects(body, params, (collector) => collector.block(body, false));
    this.takeDeferred(inner);
    this.bind({
      ...{ name: this.text(named), isMaybe, isImmutable: false, isIterator: false, holds: [] },
      body: inner,
    });
  }

  /** Reads the defaults, which are evaluated at once. @returns the names. */
  private paramsOf(list: SyntaxNode): string[] {
    const names: string[] = [];
    let isDefault = false;
    for (const child of childrenOf(list)) {
      if (child.name === ',') isDefault = false;
      else if (child.name === 'AssignOp') isDefault = true;
      else if (child.name === 'TypeDef') this.expressionsIn(child);
      else if (isDefault) this.expression(child);
      else if (child.name === 'VariableName') names.push(this.text(child));
    }
    return names;
  }

  private innerEffects(
    body: SyntaxNode,
    params: readonly string[],
    walk: (collector: Collector) => void,
  ): Effects {
    const inner = new Collector(this.source, true);
    inner.depth = this.depth;
    inner.params = params;
    for (const name of params) inner.locals.set(name, []);
    inner.declareLocals(body);
    walk(inner);
    return inner.finish();
  }

  /** Names that a function assigns anywhere are its own everywhere in it. */
  private declareLocals(body: SyntaxNode): void {
    const names = new Set<string>();
    const note = (node: SyntaxNode | null) => {
      if (node?.name === 'VariableName') names.add(this.text(node));
      else if (node !== null && /^(?:Tuple|Array)Expression$/.test(node.name))
        unpack(node).forEach(note);
    };
    body.cursor().iterate(({ node }) => {
      const { name } = node;
      if (name === 'ScopeStatement') {
        for (const each of node.getChildren('VariableName')) this.globals.add(this.text(each));
      } else if (name === 'AssignStatement' || name === 'UpdateStatement') {
        const children = childrenOf(node);
        const last = children.findLastIndex((child) => /^(?:Assign|Update)Op$/.test(child.name));
        children.slice(0, last).forEach(note);
      } else if (name === 'NamedExpression') note(node.firstChild);
      else if (name === 'ForStatement' || name === 'WithStatement' || name === 'TryStatement') {
        let takes = name === 'ForStatement';
        for (const child of childrenOf(node)) {
          if (child.name === 'in' || child.name === 'Body') takes = false;
          else if (child.name === 'as') takes = true;
          else if (takes) note(child);
        }
      } else if (name === 'CapturePattern') note(node.firstChild);
      else if (name === 'FunctionDefinition' || name === 'ClassDefinition') {
        note(node.getChild('VariableName'));
        return false;
      } else if (name === 'ImportStatement') {
        for (const each of importedNames(node, this.source)) names.add(each.name);
      } else if (name === 'YieldExpression' || name === 'YieldStatement') this.yields = true;
      return name !== 'LambdaExpression';
    });
    for (const name of names) {
      if (!this.globals.has(name) && !this.locals.has(name)) this.locals.set(name, []);
    }
  }

  /** What a function made here needs when it is called. */
  private takeDeferred(inner: Effects): void {
    for (const name of [...inner.reads.keys(), ...inner.deferred]) {
      if (!this.locals.has(name)) this.deferred.add(name);
    }
    for (const { name } of inner.mutations) {
      if (!this.locals.has(name) && !inner.params.includes(name)) this.deferred.add(name);
    }
  }

  private defineClass(node: SyntaxNode, isMaybe: boolean): void {
    const named = node.getChild('VariableName');
    const body = node.getChild('Body');
    if (named === null || body === null) {
      this.isBroken = true;
      return;
    }
    const bases: string[] = [];
    for (const child of childrenOf(node.getChild('ArgList') ?? body)) {
      if (node.getChild('ArgList') === null) break;
      if (child.name === 'VariableName') bases.push(this.text(child));
      if (!bracketOrComma.test(child.name)) this.expression(child);
    }
    const methods = new Map<string, Effects>();
    // A class body runs at once, in a scope of its own.
    const inner = new Collector(this.source, true);
    inner.depth = this.depth;
    inner.declareLocals(body);
    inner.yields = false;
    for (const child of childrenOf(body)) {
      const definition = child.name === 'DecoratedStatement' ? child.lastChild : child;
      if (definition?.name === 'FunctionDefinition') {
        const name = definition.getChild('VariableName');
        const list = definition.getChild('ParamList');
        const methodBody = definition.getChild('Body');
        if (name === null || methodBody === null) continue;
        const params = list === null ? [] : inner.paramsOf(list);
        const effects = inner.innerEffects(methodBody, params, (each) =>
          each.block(methodBody, false),
        );
        inner.takeDeferred(effects);
        methods.set(this.text(name), effects);
      }
      if (definition?.name !== 'FunctionDefinition') inner.statement(child, false);
      else if (child !== definition) {
        for (const decorator of child.getChildren('Decorator')) inner.expressionsIn(decorator);
      }
    }
    const offset = this.calls.length;
    for (const [name, keys] of inner.reads) {
      if (keys === 'whole') this.read(name);
      else for (const key of keys) this.read(name, key);
    }
    for (const name of inner.deferred) if (!this.locals.has(name)) this.deferred.add(name);
    this.calls.push(...inner.calls.map((call) => shiftCall(call, offset)));
    this.mutations.push(...inner.mutations.filter(({ name }) => !inner.locals.has(name)));
    this.isBroken ||= inner.isBroken;
    this.bind({
      ...{ name: this.text(named), isMaybe, isImmutable: false, isIterator: false },
      ...{ holds: bases.map((name) => ({ name, hold: 'contains' as const })), methods, bases },
    });
  }

  private import(node: SyntaxNode, isMaybe: boolean): void {
    for (const { name, imported } of importedNames(node, this.source)) {
      if (name === '*') this.stars.push(imported);
      else {
        this.bind({
          ...{ name, isMaybe, isImmutable: true, isIterator: false, holds: [] },
          imported,
        });
      }
    }
  }

  // Expressions --------------------------------------------------------------------------------

  expressionsIn(node: SyntaxNode): void {
    for (const child of childrenOf(node)) this.expression(child);
  }

  /** @param isValue whether this is the value of an assignment, where a lambda is only kept. */
  expression(node: SyntaxNode, isValue = false): void {
    this.depth += 1;
    if (this.depth > maxDepth) this.isBroken = true;
    else this.expressionInside(node, isValue);
    this.depth -= 1;
  }

  private expressionInside(node: SyntaxNode, isValue: boolean): void {
    switch (node.name) {
      case 'VariableName':
        this.read(this.text(node));
        return;
      case 'MemberExpression': {
        const { root, links, key } = this.chainOf(node);
        if (root !== undefined && key !== undefined && links === 1) {
          this.read(root, key);
          return;
        }
        for (const child of childrenOf(node)) {
          if (child.name !== 'PropertyName') this.expression(child);
        }
        return;
      }
      case 'CallExpression':
        this.noteCall(node);
        return;
      case 'NamedExpression': {
        const [target, value] = [node.firstChild, node.lastChild];
        if (value !== null) this.expression(value);
        if (target !== null && value !== null) this.bindTarget(target, this.shapeOf(value), true);
        if (target !== null) this.bound.add(this.text(target));
        return;
      }
      case 'LambdaExpression': {
        const inner = this.lambda(node);
        this.takeDeferred(inner);
        // As an argument it is called, most likely at once.
        if (!isValue) this.takeAtOnce(inner);
        return;
      }
      case 'ArrayComprehensionExpression':
      case 'SetComprehensionExpression':
      case 'DictionaryComprehensionExpression':
      case 'ComprehensionExpression':
        this.comprehension(node);
        return;
      case 'YieldExpression':
        this.yields = true;
        this.expressionsIn(node);
        return;
      case '⚠':
        this.isBroken = true;
        return;
      case 'String':
      case 'Number':
      case 'Comment':
      case 'PropertyName':
        return;
      default:
        if (node.name === 'ArgList' && this.comprehendsIn(node)) {
          this.comprehension(node);
          return;
        }
        this.expressionsIn(node);
        return;
    }
  }

  private comprehendsIn(node: SyntaxNode): boolean {
    return node.getChild('for') !== null;
  }

  private lambda(node: SyntaxNode): Effects {
    const list = node.getChild('ParamList');
    const params = list === null ? [] : this.paramsOf(list);
    const body = node.lastChild;
    return this.innerEffects(node, params, (collector) => {
      if (body !== null) collector.expression(body);
    });
  }

  private takeAtOnce(inner: Effects): void {
    const offset = this.calls.length;
    for (const [name, keys] of inner.reads) {
      if (keys === 'whole') this.read(name);
      else for (const key of keys) this.read(name, key);
    }
    this.calls.push(...inner.calls.map((call) => shiftCall(call, offset)));
    for (const mutation of inner.mutations) {
      if (!inner.params.includes(mutation.name)) this.mutate(mutation);
    }
  }

  /** `[u for u in v if w]`: the iterated first, then what uses its names, which are local. */
  private comprehension(node: SyntaxNode): void {
    const children = childrenOf(node);
    const firstFor = children.findIndex(({ name }) => name === 'for');
    const added: string[] = [];
    let isTarget = false;
    let targets: SyntaxNode[] = [];
    for (const child of children.slice(firstFor)) {
      if (child.name === 'for') {
        isTarget = true;
        targets = [];
      } else if (child.name === 'in') isTarget = false;
      else if (isTarget) targets.push(...unpack(child));
      else if (!bracketOrComma.test(child.name) && !/^(?:if|async)$/.test(child.name)) {
        this.expression(child);
        if (targets.length > 0) this.consume(child);
        const holds = targets.length > 0 ? this.heldBy(child, 'maybe') : [];
        for (const target of targets) {
          const name = this.text(target);
          if (target.name !== 'VariableName' || this.locals.has(name)) continue;
          this.locals.set(name, holds);
          added.push(name);
        }
        targets = [];
      }
    }
    for (const child of children.slice(0, firstFor)) this.expression(child);
    if (!this.isFunction) for (const name of added) this.locals.delete(name);
  }

  /** What is iterated is used up if it is an iterator, which the replay knows. */
  private consume(node: SyntaxNode): void {
    const { root } = this.chainOf(node);
    if (isSet(node, this.source)) {
      this.calls.push({
        ...{ root: 'iter', receivers: [], attributes: [], isOnPart: false, positionalCount: 1 },
        ...{ args: [], takesSet: true, keywords: new Map(), text: '' },
      });
    }
    if (node.name !== 'VariableName' || root === undefined) return;
    this.calls.push({
      ...{ root: 'iter', receivers: [], attributes: [], isOnPart: false, positionalCount: 1 },
      ...{ args: [{ name: root, hold: 'maybe' }], keywords: new Map(), text: '' },
    });
  }

  private noteCall(node: SyntaxNode): number {
    const known = this.callOf.get(node.from * 7919 + node.to);
    if (known !== undefined) return known;
    const callee = node.firstChild;
    const list = node.getChild('ArgList');
    let onCall: number | undefined;
    if (callee !== null) {
      if (callee.name === 'MemberExpression') {
        const receiver = innermostCall(callee);
        if (receiver !== undefined) onCall = this.noteCall(receiver);
        for (const index of indexesOf(callee)) this.expression(index);
        const { root } = this.chainOf(callee);
        if (root !== undefined) this.read(root);
        else if (onCall === undefined && callee.firstChild !== null)
          this.expression(callee.firstChild);
      } else this.expression(callee);
    }
    const { positional, keywords } = argumentsOf(node, this.source);
    let args: HeldName[];
    if (list !== null && this.comprehendsIn(list)) {
      this.comprehension(list);
      args = this.heldBy(list, 'maybe');
    } else {
      const values = [...positional, ...keywords.map(({ value }) => value)];
      for (const value of values) this.expression(value);
      args = values.flatMap((value) => this.heldBy(value, 'maybe'));
    }
    const chain = callee === null ? undefined : this.chainOf(callee);
    const [first, second] = positional;
    const modeNode = keywords.find(({ name }) => name === 'mode')?.value ?? second;
    const receiver = callee?.name === 'MemberExpression' ? callee.firstChild : null;
    const mode = modeNode?.name === 'String' ? stringOf(this.text(modeNode)) : undefined;
    const call: CodeCall = {
      ...(chain?.root !== undefined && { root: chain.root }),
      receivers: chain?.root === undefined ? [] : [...this.originsOf(chain.root)],
      attributes: chain?.attributes ?? [],
      ...(onCall !== undefined && { onCall }),
      isOnPart: (chain?.links ?? 0) > 1,
      args,
      positionalCount: positional.length,
      ...(positional.some((value) => isSet(value, this.source)) && { takesSet: true }),
      keywords: new Map(keywords.map(({ name, value }) => [name, this.text(value).slice(0, 100)])),
      ...(mode !== undefined && { mode }),
      ...(first !== undefined && { path: this.pathHint(first) }),
      ...(receiver !== null && { receiverPath: this.pathHint(receiver) }),
      text: normalizedText(node, this.source),
    };
    this.calls.push(call);
    this.callOf.set(node.from * 7919 + node.to, this.calls.length - 1);
    return this.calls.length - 1;
  }

  private pathHint(node: SyntaxNode): PathHint {
    const names: string[] = [];
    let literal: string | undefined;
    node.cursor().iterate((inner) => {
      if (inner.name === 'VariableName') names.push(this.text(inner.node));
      if (inner.name === 'String' || inner.name === 'FormatString') {
        literal = stringOf(this.text(inner.node));
      }
      return true;
    });
    return {
      ...(literal !== undefined && { literal }),
      names,
      text: normalizedText(node, this.source),
    };
  }

  // Values -------------------------------------------------------------------------------------

  private shapeOf(node: SyntaxNode): Shape {
    const inner =
      node.name === 'ParenthesizedExpression' ? node.firstChild?.nextSibling : undefined;
    if (inner != null) return this.shapeOf(inner);
    const literal = this.pathLiteral(node);
    const shape: Shape = {
      isImmutable: isImmutable(node, this.source),
      isIterator: node.name === 'ComprehensionExpression',
      holds: this.heldBy(node, 'maybe'),
      ...(isSet(node, this.source) && { isSet: true }),
      ...(literal !== undefined && { literal }),
    };
    if (node.name === 'VariableName') {
      const alias = this.text(node);
      return { ...shape, holds: [], alias };
    }
    if (node.name === 'LambdaExpression') return { ...shape, body: this.lambda(node) };
    if (node.name === 'CallExpression') return { ...shape, call: this.noteCall(node) };
    if (node.name === 'AwaitExpression' && node.lastChild?.name === 'CallExpression') {
      return { ...shape, call: this.noteCall(node.lastChild) };
    }
    return shape;
  }

  private pathLiteral(node: SyntaxNode): string | undefined {
    if (!/^(?:String|FormatString|BinaryExpression|CallExpression)$/.test(node.name))
      return undefined;
    return this.pathHint(node).literal;
  }

  /** The names to which the value of an expression may refer. */
  private heldBy(node: SyntaxNode, hold: Hold): HeldName[] {
    const held: HeldName[] = [];
    const visit = (inner: SyntaxNode, how: Hold, depth: number, viaCall?: number): void => {
      if (depth > maxDepth || held.length > 200) return;
      switch (inner.name) {
        case 'VariableName': {
          const name = this.text(inner);
          const via = viaCall === undefined ? {} : { viaCall };
          const local = this.locals.get(name);
          if (local !== undefined && !this.isFunction) {
            for (const each of local) held.push({ ...each, hold: 'contains', ...via });
          } else held.push({ name, hold: how, ...via });
          return;
        }
        case 'String':
        case 'FormatString':
        case 'Number':
        case 'Boolean':
        case 'None':
        case 'PropertyName':
          return;
        case 'UnaryExpression':
          return;
        case 'BinaryExpression':
          // Arithmetic makes a new value; `+` of lists contains the old ones' items.
          if (/^(?:and|or)$/.test(inner.firstChild?.nextSibling?.name ?? '')) break;
          if (this.text(inner.firstChild?.nextSibling ?? inner) !== '+') return;
          for (const child of childrenOf(inner)) visit(child, 'contains', depth + 1, viaCall);
          return;
        case 'CallExpression': {
          const call = this.noteCall(inner);
          for (const child of childrenOf(inner)) visit(child, 'maybe', depth + 1, viaCall ?? call);
          return;
        }
        case 'ArrayExpression':
        case 'TupleExpression':
        case 'SetExpression':
        case 'DictionaryExpression':
          for (const child of childrenOf(inner)) visit(child, 'contains', depth + 1, viaCall);
          return;
        case 'ArrayComprehensionExpression':
        case 'SetComprehensionExpression':
        case 'DictionaryComprehensionExpression':
        case 'ComprehensionExpression':
          for (const each of this.heldByComprehension(inner)) {
            held.push(viaCall === undefined ? each : { ...each, viaCall });
          }
          return;
        case 'MemberExpression':
          if (inner.firstChild !== null) visit(inner.firstChild, 'maybe', depth + 1, viaCall);
          return;
        case 'LambdaExpression':
          for (const name of this.lambda(inner).reads.keys()) held.push({ name, hold: 'contains' });
          return;
        default:
          if (inner.name === 'ArgList' && this.comprehendsIn(inner)) {
            for (const each of this.heldByComprehension(inner)) {
              held.push(viaCall === undefined ? each : { ...each, viaCall });
            }
            return;
          }
      }
      for (const child of childrenOf(inner)) visit(child, how, depth + 1, viaCall);
    };
    visit(node, hold, 0);
    return held;
  }

  /** A comprehension contains items of what it iterates, if what it makes of them may be one. */
  private heldByComprehension(node: SyntaxNode): HeldName[] {
    const children = childrenOf(node);
    const firstFor = children.findIndex(({ name }) => name === 'for');
    const made = children.slice(0, firstFor).filter(({ name }) => !bracketOrComma.test(name));
    const makesNew = made.every((child) => isImmutable(child, this.source));
    if (makesNew) return [];
    const targets = new Set<string>();
    const sources: SyntaxNode[] = [];
    let isTarget = false;
    for (const child of children.slice(firstFor)) {
      if (child.name === 'for') isTarget = true;
      else if (child.name === 'in') isTarget = false;
      else if (child.name === 'if') break;
      else if (isTarget) for (const part of unpack(child)) targets.add(this.text(part));
      else if (!bracketOrComma.test(child.name)) sources.push(child);
    }
    const of = made.flatMap((child) => this.heldBy(child, 'contains'));
    const usesTarget = of.some(({ name }) => targets.has(name));
    const viaCall = of.find(({ name }) => targets.has(name))?.viaCall;
    const items = usesTarget ? sources.flatMap((child) => this.heldBy(child, 'contains')) : [];
    const via = viaCall === undefined ? {} : { viaCall };
    return [
      ...of.filter(({ name }) => !targets.has(name)),
      ...items.filter(({ name }) => !targets.has(name)),
    ].map((each) => ({ ...each, hold: 'contains' as const, ...via }));
  }

  /** The name at the start of a chain such as `a.b[0].c`, and how many links follow it. */
  private chainOf(node: SyntaxNode): Chain {
    let links = 0;
    let key: string | undefined;
    const attributes: string[] = [];
    let seesCall = false;
    let at: SyntaxNode | null = node;
    while (at !== null) {
      if (at.name === 'VariableName') {
        return {
          root: this.text(at),
          links,
          attributes: attributes.reverse(),
          ...(key !== undefined && links === 1 && { key }),
        };
      }
      if (at.name === 'MemberExpression') {
        links += 1;
        const property: SyntaxNode | null = at.getChild('PropertyName');
        if (property !== null) {
          if (!seesCall) attributes.push(this.text(property));
        } else {
          const string = at.getChild('String');
          const isOnly = string !== null && at.lastChild?.prevSibling?.from === string.from;
          key = isOnly && indexesOf(at).length === 1 ? stringOf(this.text(string)) : undefined;
        }
        at = at.firstChild;
      } else if (at.name === 'CallExpression') {
        seesCall = true;
        links += 1;
        at = at.firstChild;
      } else if (at.name === 'ParenthesizedExpression') at = at.firstChild?.nextSibling ?? null;
      else if (at.name === 'AwaitExpression') at = at.lastChild;
      else break;
    }
    return { links, attributes: attributes.reverse() };
  }
}

type Shape = Omit<BoundValue, 'name' | 'isMaybe'>;

interface Chain {
  readonly root?: string;
  readonly links: number;
  readonly attributes: readonly string[];
  readonly key?: string;
}

function shiftCall(call: CodeCall, offset: number): CodeCall {
  return {
    ...call,
    ...(call.onCall !== undefined && { onCall: call.onCall + offset }),
    args: call.args.map((arg) =>
      arg.viaCall === undefined ? arg : { ...arg, viaCall: arg.viaCall + offset },
    ),
  };
}

function unpack(node: SyntaxNode | undefined): SyntaxNode[] {
  if (node === undefined) return [];
  if (!/^(?:Tuple|Array|Parenthesized)Expression$/.test(node.name)) {
    return bracketOrComma.test(node.name) ? [] : [node];
  }
  return childrenOf(node).filter(({ name }) => !bracketOrComma.test(name));
}

/** The call on whose result a chain goes on: `f(x)` of `f(x).a[0].b`. */
function innermostCall(callee: SyntaxNode): SyntaxNode | undefined {
  for (let at = callee.firstChild; at !== null; at = at.firstChild) {
    if (at.name === 'CallExpression') return at;
    if (at.name !== 'MemberExpression') return undefined;
  }
  return undefined;
}

/** The expressions within the brackets of a chain of attributes and subscripts, down to a call. */
function indexesOf(member: SyntaxNode): SyntaxNode[] {
  const indexes: SyntaxNode[] = [];
  for (let at: SyntaxNode | null = member; at?.name === 'MemberExpression'; at = at.firstChild) {
    for (const child of childrenOf(at).slice(1)) {
      if (!bracketOrComma.test(child.name) && !/^(?:\.|PropertyName)$/.test(child.name)) {
        indexes.push(child);
      }
    }
  }
  return indexes;
}

function isSet(node: SyntaxNode, source: PythonSource): boolean {
  if (node.name === 'SetExpression' || node.name === 'SetComprehensionExpression') return true;
  const callee = node.name === 'CallExpression' ? node.firstChild : null;
  return callee?.name === 'VariableName' && /^(?:set|frozenset)$/.test(textOf(callee, source));
}

const immutableCall =
  /^(?:len|int|float|str|bool|round|abs|sum|repr|ord|chr|hash|type|isinstance|any|all|format|id|hex|bin)$/;

function isImmutable(node: SyntaxNode, source: PythonSource): boolean {
  switch (node.name) {
    case 'Number':
    case 'String':
    case 'FormatString':
    case 'ContinuedString':
    case 'Boolean':
    case 'None':
      return true;
    case 'UnaryExpression':
      return node.lastChild !== null && isImmutable(node.lastChild, source);
    case 'BinaryExpression': {
      const [left, right] = [node.firstChild, node.lastChild];
      return (
        left !== null && right !== null && isImmutable(left, source) && isImmutable(right, source)
      );
    }
    case 'ParenthesizedExpression': {
      const inner = node.firstChild?.nextSibling;
      return inner != null && isImmutable(inner, source);
    }
    case 'CallExpression': {
      const callee = node.firstChild;
      return callee?.name === 'VariableName' && immutableCall.test(textOf(callee, source));
    }
    default:
      return false;
  }
}

/** The names that an import statement binds, with what they are; `*` for all of a module. */
function importedNames(
  node: SyntaxNode,
  source: PythonSource,
): { readonly name: string; readonly imported: string }[] {
  const tokens = childrenOf(node)
    .filter(({ name }) => !/^(?:[()]|Comment)$/.test(name))
    .map((child) => textOf(child, source));
  const at = tokens.indexOf('import');
  const from = tokens[0] === 'from' ? tokens.slice(1, at).join('') : undefined;
  const items: string[][] = [[]];
  for (const token of tokens.slice(at + 1)) {
    if (token === ',') items.push([]);
    else items.at(-1)?.push(token);
  }
  return items.flatMap((item) => {
    const asAt = item.indexOf('as');
    const path = (asAt === -1 ? item : item.slice(0, asAt)).join('');
    if (path === '') return [];
    const imported = from === undefined ? path : `${from}.${path}`;
    if (path === '*') return [{ name: '*', imported: from ?? '' }];
    const alias = asAt === -1 ? undefined : item[asAt + 1];
    // `import a.b` binds `a`.
    const first = path.split('.')[0] ?? path;
    if (alias !== undefined) return [{ name: alias, imported }];
    return from === undefined ? [{ name: first, imported: first }] : [{ name: path, imported }];
  });
}

/** The text of a plain literal, without its quotes. */
function stringOf(literal: string): string {
  return literal.replace(/^[A-Za-z]*('''|"""|'|")/, '').replace(/('''|"""|'|")$/, '');
}
