// Walking trees, held against the walker of the unified ecosystem.
import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { visit as otherVisit, SKIP } from 'unist-util-visit';
import { describe, expect, it } from 'vitest';
import { skip, visit, visitAll } from '../../src/markdown/walk.js';

const tree = (): Root => fromMarkdown('# a *b*\n\n> c\n>\n> - d **e *f***\n> - g\n\nh [i](j)\n');

const nameOf = (node: Nodes, index: number | undefined, parent: Nodes | undefined) =>
  `${parent?.type ?? ''} ${index ?? ''} ${node.type} ${'value' in node ? node.value : ''}`;

describe('A walk of a tree', () => {
  it('meets all nodes in the order in which unist-util-visit does', () => {
    const met: string[] = [];
    const expected: string[] = [];
    visitAll(tree(), (node, index, parent) => met.push(nameOf(node, index, parent)) && undefined);
    otherVisit(tree(), (node, index, parent) => {
      expected.push(nameOf(node, index, parent));
    });
    expect(met).toEqual(expected);
    expect(met.length).toBeGreaterThan(20);
  });

  it('meets only the nodes of a type when one is given', () => {
    const met: string[] = [];
    visit(tree(), 'text', ({ value }) => void met.push(value));
    expect(met).toEqual(['a ', 'b', 'c', 'd ', 'e ', 'f', 'g', 'h ', 'i']);
  });

  it('leaves out what is below a node when it is told to', () => {
    const met: string[] = [];
    const expected: string[] = [];
    visitAll(tree(), (node) => {
      met.push(node.type);
      return node.type === 'list' ? skip : undefined;
    });
    otherVisit(tree(), (node) => {
      expected.push(node.type);
      return node.type === 'list' ? SKIP : undefined;
    });
    expect(met).toEqual(expected);
  });

  it('goes on behind what a visitor has put in', () => {
    const met: string[] = [];
    const root = tree();
    visit(root, 'text', (node, index, parent) => {
      met.push(node.value);
      if (node.value !== 'g' || index === undefined) return;
      (parent as { children: Nodes[] }).children.splice(index, 1, node, { ...node, value: 'new' });
      return index + 2;
    });
    expect(met).toEqual(['a ', 'b', 'c', 'd ', 'e ', 'f', 'g', 'h ', 'i']);
    const after: string[] = [];
    visit(root, 'text', ({ value }) => void after.push(value));
    expect(after).toContain('new');
  });
});
