// The house of DESIGN: data moves downwards, nothing imports upwards. test/rules/rooms.test.ts plants one offence per rule.
const { dependencies } = require('./package.json');

/** From the cellar up. A room imports those before it, and itself. */
const rooms = ['base', 'model', 'engine', 'predict', 'check', 'formats', 'shell', 'draw'];
const outside = {
  live: ['base', 'model', 'engine', 'formats', 'shell', 'live'],
  cli: [...rooms, 'live', 'cli'],
};

const allOf = (names) => `^src/(${names.join('|')})/`;

const mayImport = (room, allowed) => ({
  name: `rooms-${room}`,
  comment: `src/${room} may import ${allowed.map((name) => `src/${name}`).join(', ')} and nothing else of this project.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^(src|web|test|models)/', pathNot: allOf(allowed) },
});

/** The files of a folder that do not know each other. What x.ts keeps in x/ belongs to x; index.ts only lists them. */
const apart = (folder, why) => ({
  name: `apart-${folder.split('/').at(-1)}`,
  comment: why,
  severity: 'error',
  from: { path: `^${folder}/([^/.]+)`, pathNot: `^${folder}/index\\.ts$` },
  to: { path: `^${folder}/`, pathNot: `^${folder}/$1(\\.ts$|/)` },
});

module.exports = {
  forbidden: [
    ...rooms.map((room, floor) => mayImport(room, rooms.slice(0, floor + 1))),
    ...Object.entries(outside).map(([room, allowed]) => mayImport(room, allowed)),
    {
      name: 'rooms-index',
      comment: 'The library leaves out what needs Node, so that it runs in a browser.',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { path: '^(src/(cli|live)|web|test)/' },
    },
    {
      name: 'rooms-web',
      comment: 'The page reaches src, never the command line or the live backend, which it asks over HTTP.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src/(cli|live)|test)/' },
    },
    apart(
      'src/engine/devices',
      'A device kind knows no other: it hands frames to a port and the engine knows who is there.',
    ),
    apart(
      'src/shell/commands',
      'A command is one file, or one file and its folder; what two commands share is not a command.',
    ),
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-node',
      comment: 'Only src/cli and src/live know Node: the rest runs in a browser too.',
      severity: 'error',
      from: { path: '^(src|web)/', pathNot: '^src/(cli|live)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-package-in-the-cellar',
      comment: 'What a network is and what a frame goes through needs immer at most.',
      severity: 'error',
      from: { path: allOf(['base', 'model', 'engine', 'predict']) },
      to: { path: '(^|/)node_modules/', pathNot: '(^|/)node_modules/immer/' },
    },
    {
      name: 'no-hidden-dependency',
      comment:
        'The library is not bundled: what it imports must be among "dependencies", or it is missing where it is installed.',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: {
        path: '(^|/)node_modules/',
        pathNot: `(^|/)node_modules/(${Object.keys(dependencies).join('|')})/`,
        reachable: true,
      },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import of something that is not there.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^dist/' },
    // Types are imports too: a lower room that knows an upper one's types knows the upper one.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'default'] },
  },
};
