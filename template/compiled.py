"""Made of the templates beside it; see nango_scaffold.render.compiled."""

JINJA = '3.1.6'


def _0(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/files/.env.example.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        pass
        yield '# Copy this file to nango-integrations/.env and fill in the keys; never commit that one.\n# A key for one environment goes before the general one.\nNANGO_SECRET_KEY_DEV=\nNANGO_SECRET_KEY_PROD=\nNANGO_SECRET_KEY=\n# Only for a self-hosted Nango:\n# NANGO_HOSTPORT=\n'

    blocks = {}
    debug_info = ''
    __file__ = 'template/files/.env.example.jinja'
    return locals()


def _1(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/files/.gitignore.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        pass
        yield 'node_modules/\n.env\nnango-integrations/.nango/\nnango-integrations/build/\nnango-integrations/dist/\n'

    blocks = {}
    debug_info = ''
    __file__ = 'template/files/.gitignore.jinja'
    return locals()


def _2(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/files/dryrun.js.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        pass
        yield '// Dry-runs a sync or an action against a real connection; nothing is saved.\n//\n//     node dryrun.js <script> <connection> --integration-id <integration> [-e dev] [--input \'{}\'] [...]\n//\n// All words go to `npx nango dryrun`. From nango 0.60 on that command does not start in a project with a nango.yaml until\n// an index.ts lists some built function: two small files that are never run stand there meanwhile, and go afterwards.\n\nconst FOLDER = \'nango-integrations\';\nconst STAND_INS = {\n    \'index.ts\': "import \'./zz-stand-in/on-events/none.js\';\\n",\n    \'build/zz-stand-in_on-events_none.cjs\': "exports.default = { type: \'onEvent\', event: \'post-connection-creation\' };\\n"\n};\n\nasync function main(words) {\n    const { spawnSync } = await import(\'node:child_process\');\n    const fs = await import(\'node:fs\');\n    const path = await import(\'node:path\');\n\n    const root = path.join(path.dirname(path.resolve(process.argv[1])), FOLDER);\n    const cli = findCli(fs, path, root);\n    if (!cli) {\n        throw new Error(\'The nango CLI is not installed: run npm install\');\n    }\n    const laid = needsStandIns(fs, path, cli, root) ? layStandIns(fs, path, root) : [];\n    process.on(\'SIGINT\', () => {}); // Ctrl-C ends the CLI, and the stand-ins still go\n    try {\n        const environment = { NANGO_CLI_UPGRADE_MODE: \'ignore\', NANGO_CLI_DEPENDENCY_UPDATE: \'false\', ...process.env };\n        const command = [path.join(cli, \'dist\', \'index.js\'), \'dryrun\', ...words];\n        const done = spawnSync(process.execPath, command, { cwd: root, env: environment, stdio: \'inherit\' });\n        process.exitCode = done.status ?? 1;\n    } finally {\n        laid.forEach((file) => fs.rmSync(file, { recursive: true, force: true }));\n    }\n}\n\n/** The folder of the CLI, looked for as Node does; undefined when there is none. */\nfunction findCli(fs, path, folder) {\n    const found = path.join(folder, \'node_modules\', \'nango\');\n    const above = path.dirname(folder);\n    return fs.existsSync(found) ? found : above === folder ? undefined : findCli(fs, path, above);\n}\n\n/** Whether this CLI builds its list of scripts from an index.ts, and the project, having a nango.yaml, has none of its own. */\nfunction needsStandIns(fs, path, cli, root) {\n    const index = path.join(root, \'index.ts\');\n    const hasOwnIndex = fs.existsSync(index) && fs.readFileSync(index, \'utf8\') !== STAND_INS[\'index.ts\'];\n    return fs.existsSync(path.join(cli, \'dist\', \'zeroYaml\')) && fs.existsSync(path.join(root, \'nango.yaml\')) && !hasOwnIndex;\n}\n\n/** Writes the stand-ins; gives what has to go afterwards: the files, and a folder that was made for one. */\nfunction layStandIns(fs, path, root) {\n    return Object.entries(STAND_INS).map(([name, text]) => {\n        const file = path.join(root, name);\n        const made = fs.mkdirSync(path.dirname(file), { recursive: true });\n        fs.writeFileSync(file, text);\n        return made ?? file;\n    });\n}\n\nmain(process.argv.slice(2)).catch((error) => {\n    console.error(error.message);\n    process.exitCode = 1;\n});\n'

    blocks = {}
    debug_info = ''
    __file__ = 'template/files/dryrun.js.jinja'
    return locals()


def _3(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/files/find-connections.js.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        pass
        yield "// Lists the connections of an integration that a dry run can use.\n//\n//     node find-connections.js <integration> [environment]\n//\n// The secret key comes from the environment or a .env file: NANGO_SECRET_KEY_<ENVIRONMENT> before NANGO_SECRET_KEY.\n\nconst PREFIX = 'NANGO_SECRET_KEY';\n\n/** Every secret key that is set, those of one environment first. */\nfunction secretKeys(environment) {\n    return Object.entries(process.env)\n        .filter(([name, value]) => name.startsWith(PREFIX) && value)\n        .filter(([name]) => !environment || name === PREFIX || name === `${PREFIX}_${environment.toUpperCase()}`)\n        .sort(([a], [b]) => Number(a === PREFIX) - Number(b === PREFIX) || a.localeCompare(b));\n}\n\n/** Whether a connection's credentials work: no error of it is about authentication. */\nfunction isUsable(connection) {\n    return !(connection.errors ?? []).some((error) => error.type === 'auth');\n}\n\nfunction describe(connection) {\n    const others = connection.errors?.length ?? 0;\n    const lines = [`- ${connection.connection_id}`, `    provider: ${connection.provider}`, `    created:  ${connection.created}`];\n    return [...lines, ...(others > 0 ? [`    errors:   ${others}, none of them about authentication`] : [])].join('\\n');\n}\n\nasync function main([integration, environment]) {\n    const { config } = await import('dotenv');\n    config({ path: ['nango-integrations/.env', '.env'] });\n    if (!integration) {\n        throw new Error('Say which integration: node find-connections.js <integration> [environment]');\n    }\n    const [found] = secretKeys(environment);\n    if (!found) {\n        throw new Error(`No ${PREFIX} is set. Copy .env.example to nango-integrations/.env and fill it in.`);\n    }\n    const [name, secretKey] = found;\n    console.log(`Using ${name}`);\n\n    const { Nango } = await import('@nangohq/node');\n    const host = process.env.NANGO_HOSTPORT;\n    const nango = new Nango({ secretKey, ...(host ? { host } : {}) });\n    const { connections } = await nango.listConnections();\n    const usable = connections.filter((connection) => connection.provider_config_key === integration && isUsable(connection));\n    console.log(`${usable.length} usable connection(s) of ${integration}`);\n    console.log(usable.map(describe).join('\\n'));\n}\n\nmain(process.argv.slice(2)).catch((error) => {\n    console.error(error.message);\n    process.exitCode = 1;\n});\n"

    blocks = {}
    debug_info = ''
    __file__ = 'template/files/find-connections.js.jinja'
    return locals()


def _4(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/files/nango-integrations/{{ view.integration }}/actions/{% yield action from view.actions %}{{ action.name }}{% endyield %}.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_action = resolve('action')
        pass
        for l_1_line in environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'imports'):
            _loop_vars = {}
            pass
            yield str(l_1_line)
            yield '\n'
        l_1_line = missing
        yield '\n'
        for l_1_line in environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'comment'):
            _loop_vars = {}
            pass
            yield str(l_1_line)
            yield '\n'
        l_1_line = missing
        yield str(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'signature'))
        yield '\n'
        if environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'check_input'):
            pass
            if environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'may_be_empty'):
                pass
                yield '    // No field is required, and an input without fields may arrive as nothing at all.\n'
            else:
                pass
                yield '    // A wrong input is refused before the API is asked.\n'
            yield '    '
            yield str(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'check_input'))
            yield '\n\n'
        if environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'dates'):
            pass
            yield "    // Dates come in any form that Date reads, and go out in the API's own.\n    "
            yield str(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'dates'))
            yield '\n\n'
        if environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'):
            pass
            template = environment.get_template('template/parts/action-synced.ts.jinja', 'template/files/nango-integrations/{{ view.integration }}/actions/{% yield action from view.actions %}{{ action.name }}{% endyield %}.ts.jinja')
            gen = template.root_render_func(template.new_context(context.get_all(), True, {}))
            try:
                for event in gen:
                    yield event
            finally: gen.close()
            yield '\n'
        template = environment.get_or_select_template(str_join(('template/parts/action-', environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'part'), '.ts.jinja', )), 'template/files/nango-integrations/{{ view.integration }}/actions/{% yield action from view.actions %}{{ action.name }}{% endyield %}.ts.jinja')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {}))
        try:
            for event in gen:
                yield event
        finally: gen.close()
        yield '}\n'
        if environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'):
            pass
            yield '\n'
            template = environment.get_or_select_template(str_join(('template/parts/action-synced-', environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'part'), '.ts.jinja', )), 'template/files/nango-integrations/{{ view.integration }}/actions/{% yield action from view.actions %}{{ action.name }}{% endyield %}.ts.jinja')
            gen = template.root_render_func(template.new_context(context.get_all(), True, {}))
            try:
                for event in gen:
                    yield event
            finally: gen.close()
        if environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'dates'):
            pass
            yield '\n'
            template = environment.get_template('template/parts/action-date.ts.jinja', 'template/files/nango-integrations/{{ view.integration }}/actions/{% yield action from view.actions %}{{ action.name }}{% endyield %}.ts.jinja')
            gen = template.root_render_func(template.new_context(context.get_all(), True, {}))
            try:
                for event in gen:
                    yield event
            finally: gen.close()

    blocks = {}
    debug_info = '1=12&2=15&5=19&6=22&8=25&9=27&10=29&15=36&18=38&20=41&23=43&24=45&27=52&29=59&31=62&33=68&35=71'
    __file__ = 'template/files/nango-integrations/{{ view.integration }}/actions/{% yield action from view.actions %}{{ action.name }}{% endyield %}.ts.jinja'
    return locals()


def _5(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/files/nango-integrations/{{ view.integration }}/mappers/{% yield mapper from view.mappers %}{{ mapper.stem }}{% endyield %}.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_mapper = resolve('mapper')
        pass
        for l_1_line in environment.getattr((undefined(name='mapper') if l_0_mapper is missing else l_0_mapper), 'imports'):
            _loop_vars = {}
            pass
            yield str(l_1_line)
            yield '\n'
        l_1_line = missing
        yield '\n'
        yield str(environment.getattr((undefined(name='mapper') if l_0_mapper is missing else l_0_mapper), 'function'))
        yield '\n'

    blocks = {}
    debug_info = '1=12&2=15&5=19'
    __file__ = 'template/files/nango-integrations/{{ view.integration }}/mappers/{% yield mapper from view.mappers %}{{ mapper.stem }}{% endyield %}.ts.jinja'
    return locals()


def _6(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/files/nango-integrations/{{ view.integration }}/on-events/{% yield script from view.on_events %}{{ script.name }}{% endyield %}.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_script = resolve('script')
        pass
        for l_1_line in environment.getattr((undefined(name='script') if l_0_script is missing else l_0_script), 'imports'):
            _loop_vars = {}
            pass
            yield str(l_1_line)
            yield '\n'
        l_1_line = missing
        yield '\n'
        for l_1_line in environment.getattr((undefined(name='script') if l_0_script is missing else l_0_script), 'comment'):
            _loop_vars = {}
            pass
            yield str(l_1_line)
            yield '\n'
        l_1_line = missing
        yield 'export default async function onEvent(nango: NangoAction): Promise<void> {\n'
        template = environment.get_or_select_template(str_join(('template/parts/on-event-', environment.getattr((undefined(name='script') if l_0_script is missing else l_0_script), 'part'), '.ts.jinja', )), 'template/files/nango-integrations/{{ view.integration }}/on-events/{% yield script from view.on_events %}{{ script.name }}{% endyield %}.ts.jinja')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {}))
        try:
            for event in gen:
                yield event
        finally: gen.close()
        yield '}\n'

    blocks = {}
    debug_info = '1=12&2=15&5=19&6=22&9=26'
    __file__ = 'template/files/nango-integrations/{{ view.integration }}/on-events/{% yield script from view.on_events %}{{ script.name }}{% endyield %}.ts.jinja'
    return locals()


def _7(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/files/nango-integrations/{{ view.integration }}/syncs/{% yield sync from view.syncs %}{{ sync.name }}{% endyield %}.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_sync = resolve('sync')
        pass
        for l_1_line in environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'imports'):
            _loop_vars = {}
            pass
            yield str(l_1_line)
            yield '\n'
        l_1_line = missing
        yield '\n'
        template = environment.get_or_select_template(str_join(('template/parts/sync-', environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'part'), '.ts.jinja', )), 'template/files/nango-integrations/{{ view.integration }}/syncs/{% yield sync from view.syncs %}{{ sync.name }}{% endyield %}.ts.jinja')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {}))
        try:
            for event in gen:
                yield event
        finally: gen.close()
        if environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'webhook'):
            pass
            template = environment.get_template('template/parts/sync-webhook.ts.jinja', 'template/files/nango-integrations/{{ view.integration }}/syncs/{% yield sync from view.syncs %}{{ sync.name }}{% endyield %}.ts.jinja')
            gen = template.root_render_func(template.new_context(context.get_all(), True, {}))
            try:
                for event in gen:
                    yield event
            finally: gen.close()

    blocks = {}
    debug_info = '1=12&2=15&5=19&6=25&7=27'
    __file__ = 'template/files/nango-integrations/{{ view.integration }}/syncs/{% yield sync from view.syncs %}{{ sync.name }}{% endyield %}.ts.jinja'
    return locals()


def _8(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/files/nango-integrations/{{ view.integration }}/types.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_view = resolve('view')
        pass
        l_1_loop = missing
        for l_1_declaration, l_1_loop in LoopContext(environment.getattr(environment.getattr((undefined(name='view') if l_0_view is missing else l_0_view), 'types'), 'declarations'), undefined):
            _loop_vars = {}
            pass
            yield str(l_1_declaration)
            yield '\n'
            if (not environment.getattr(l_1_loop, 'last')):
                pass
                yield '\n'
        l_1_loop = l_1_declaration = missing

    blocks = {}
    debug_info = '1=13&2=16&3=18'
    __file__ = 'template/files/nango-integrations/{{ view.integration }}/types.ts.jinja'
    return locals()


def _9(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/files/package.json.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_view = resolve('view')
        pass
        yield '{\n    "name": "nango-integrations",\n    "private": true,\n    "type": "module",\n    "scripts": {\n        "generate": "cd nango-integrations && nango generate",\n        "compile": "cd nango-integrations && nango compile",\n        "dryrun": "node dryrun.js",\n        "deploy": "cd nango-integrations && nango deploy",\n        "find-connections": "node find-connections.js"\n    },\n    "devDependencies": {\n        "@nangohq/node": "'
        yield str(environment.getattr((undefined(name='view') if l_0_view is missing else l_0_view), 'nango_version'))
        yield '",\n        "dotenv": "'
        yield str(environment.getattr((undefined(name='view') if l_0_view is missing else l_0_view), 'dotenv_version'))
        yield '",\n        "nango": "'
        yield str(environment.getattr((undefined(name='view') if l_0_view is missing else l_0_view), 'nango_version'))
        yield '",\n        "zod": "'
        yield str(environment.getattr((undefined(name='view') if l_0_view is missing else l_0_view), 'zod_version'))
        yield '"\n    }\n}\n'

    blocks = {}
    debug_info = '13=13&14=15&15=17&16=19'
    __file__ = 'template/files/package.json.jinja'
    return locals()


def _10(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/files/tsconfig.json.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        pass
        yield '{\n    "compilerOptions": {\n        "target": "ES2021",\n        "lib": ["ES2021", "DOM"],\n        "module": "ESNext",\n        "moduleResolution": "Bundler",\n        "strict": true,\n        "exactOptionalPropertyTypes": true,\n        "noImplicitReturns": true,\n        "noPropertyAccessFromIndexSignature": true,\n        "noUncheckedIndexedAccess": true,\n        "noUnusedLocals": true,\n        "noUnusedParameters": true,\n        "skipLibCheck": true,\n        "noEmit": true\n    },\n    "include": ["nango-integrations/**/*.ts"]\n}\n'

    blocks = {}
    debug_info = ''
    __file__ = 'template/files/tsconfig.json.jinja'
    return locals()


def _11(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/action-binary.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_action = resolve('action')
        pass
        yield '    '
        yield str(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'proxy_config'))
        yield '\n\n    const response = await '
        template = environment.get_template('template/parts/action-request.ts.jinja', 'template/parts/action-binary.ts.jinja')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {}))
        try:
            for event in gen:
                yield event
        finally: gen.close()
        yield '\n    // What an action returns is JSON, which holds no bytes: they go as base64 text.\n'
        if environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'content_type'):
            pass
            yield "    const type: unknown = response.headers['content-type'];\n    return {\n        content: Buffer.from(response.data).toString('base64'),\n        "
            yield str(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'content_type'))
            yield '\n    };\n'
        else:
            pass
            yield "    return { content: Buffer.from(response.data).toString('base64') };\n"

    blocks = {}
    debug_info = '1=13&3=15&6=22&10=25'
    __file__ = 'template/parts/action-binary.ts.jinja'
    return locals()


def _12(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/action-date.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        pass
        yield '/** Reads a date of the input in whatever form it came, or says which field holds none. */\nfunction readDate(nango: NangoAction, field: string, value: string | number): Date {\n    const date = new Date(value);\n    if (Number.isNaN(date.getTime())) {\n        throw new nango.ActionError({ message: `${field} is no date: ${value}` });\n    }\n    return date;\n}\n'

    blocks = {}
    debug_info = ''
    __file__ = 'template/parts/action-date.ts.jinja'
    return locals()


def _13(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/action-done.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_action = resolve('action')
        pass
        yield '    '
        yield str(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'proxy_config'))
        yield '\n\n    await '
        template = environment.get_template('template/parts/action-request.ts.jinja', 'template/parts/action-done.ts.jinja')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {}))
        try:
            for event in gen:
                yield event
        finally: gen.close()
        yield '\n    return { success: true };\n'

    blocks = {}
    debug_info = '1=13&3=15'
    __file__ = 'template/parts/action-done.ts.jinja'
    return locals()


def _14(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/action-nothing.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_action = resolve('action')
        pass
        yield '    '
        yield str(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'proxy_config'))
        yield '\n\n    await '
        template = environment.get_template('template/parts/action-request.ts.jinja', 'template/parts/action-nothing.ts.jinja')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {}))
        try:
            for event in gen:
                yield event
        finally: gen.close()

    blocks = {}
    debug_info = '1=13&3=15'
    __file__ = 'template/parts/action-nothing.ts.jinja'
    return locals()


def _15(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/action-page-offset.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_action = resolve('action')
        pass
        yield '    const offset = Number('
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'page'), 'cursor_in'))
        yield ' ?? '
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'page'), 'start'))
        yield ");\n    if (!Number.isInteger(offset)) {\n        throw new nango.ActionError({ message: 'cursor is not the next_cursor of an earlier page' });\n    }\n\n"
        template = environment.get_template('template/parts/action-page.ts.jinja', 'template/parts/action-page-offset.ts.jinja')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {}))
        try:
            for event in gen:
                yield event
        finally: gen.close()

    blocks = {}
    debug_info = '1=13&6=17'
    __file__ = 'template/parts/action-page-offset.ts.jinja'
    return locals()


def _16(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/action-page.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_action = resolve('action')
        pass
        yield '    '
        yield str(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'proxy_config'))
        yield '\n\n    const response = await '
        template = environment.get_template('template/parts/action-request.ts.jinja', 'template/parts/action-page.ts.jinja')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {}))
        try:
            for event in gen:
                yield event
        finally: gen.close()
        yield '\n    '
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'page'), 'records'))
        yield '\n    if (!Array.isArray(records)) {\n        throw new nango.ActionError({ message: '
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'page'), 'where'))
        yield ' });\n    }\n\n'
        if environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'page'), 'next_cursor'):
            pass
            yield '    // The caller hands this back to get the next page; without it there is none.\n    '
            yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'page'), 'next_cursor'))
            yield '\n    return {\n        '
            yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'page'), 'field'))
            yield ': records.map('
            yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'page'), 'mapper'))
            yield '),\n        ...(nextCursor ? { next_cursor: String(nextCursor) } : {})\n    };\n'
        else:
            pass
            yield '    return { '
            yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'page'), 'field'))
            yield ': records.map('
            yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'page'), 'mapper'))
            yield ') };\n'

    blocks = {}
    debug_info = '1=13&3=15&5=22&7=24&10=26&12=29&14=31&18=38'
    __file__ = 'template/parts/action-page.ts.jinja'
    return locals()


def _17(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/action-record.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_action = resolve('action')
        pass
        yield '    '
        yield str(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'proxy_config'))
        yield '\n\n    const response = await '
        template = environment.get_template('template/parts/action-request.ts.jinja', 'template/parts/action-record.ts.jinja')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {}))
        try:
            for event in gen:
                yield event
        finally: gen.close()
        yield '\n    '
        yield str(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'result'))
        yield '\n'

    blocks = {}
    debug_info = '1=13&3=15&5=22'
    __file__ = 'template/parts/action-record.ts.jinja'
    return locals()


def _18(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/action-request.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_action = resolve('action')
        pass
        yield 'nango.'
        yield str(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'method'))
        yield '<'
        yield str(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'body_type'))
        yield '>(proxyConfig).catch((error: unknown) => {\n        // What the API refuses reaches the caller as a message it can act on.\n        throw new nango.ActionError({ message: `'
        yield str(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'failure'))
        yield ': ${String(error)}` });\n    });\n'

    blocks = {}
    debug_info = '1=13&3=17'
    __file__ = 'template/parts/action-request.ts.jinja'
    return locals()


def _19(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/action-synced-all.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_action = resolve('action')
        pass
        yield '/** All the '
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'what'))
        yield ' that were saved; undefined where none are. */\n'
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'signature'))
        yield '\n    const saved: '
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'model'))
        yield "[] = [];\n    let page = await fetchSynced(nango, { limit: '1000' });\n    while (page) {\n        saved.push(...page.records.map(({ _nango_metadata, ...record }) => record));\n        page = page.next_cursor ? await fetchSynced(nango, { limit: '1000', cursor: page.next_cursor }) : undefined;\n    }\n    return saved.length > 0 ? { "
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'field'))
        yield ': saved } : undefined;\n}\n\n'
        template = environment.get_template('template/parts/action-synced-request.ts.jinja', 'template/parts/action-synced-all.ts.jinja')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {}))
        try:
            for event in gen:
                yield event
        finally: gen.close()

    blocks = {}
    debug_info = '1=13&2=15&3=17&9=19&12=21'
    __file__ = 'template/parts/action-synced-all.ts.jinja'
    return locals()


def _20(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/action-synced-page.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_action = resolve('action')
        pass
        yield '/** A page of the '
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'what'))
        yield ' that were saved; undefined where none are, or where the live API gave the page before. */\n'
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'signature'))
        yield "\n    // Nango's cursors are marked, so that none of them ever reaches the API.\n    const mark = 'synced:';\n    if (cursor && !cursor.startsWith(mark)) {\n        return undefined;\n    }\n    const page = await fetchSynced(nango, {\n"
        if environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'takes_limit'):
            pass
            yield '        ...(limit ? { limit: String(limit) } : {}),\n'
        yield "        ...(cursor ? { cursor: cursor.slice(mark.length) } : {})\n    });\n    if (!page && cursor) {\n        throw new nango.ActionError({ message: 'The records of this cursor can no longer be read: start again without one' });\n    }\n    if (!page || (page.records.length === 0 && !cursor)) {\n        return undefined;\n    }\n    return {\n        "
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'field'))
        yield ': page.records.map(({ _nango_metadata, ...record }) => record),\n        ...(page.next_cursor ? { next_cursor: `${mark}${page.next_cursor}` } : {})\n    };\n}\n\n'
        template = environment.get_template('template/parts/action-synced-request.ts.jinja', 'template/parts/action-synced-page.ts.jinja')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {}))
        try:
            for event in gen:
                yield event
        finally: gen.close()

    blocks = {}
    debug_info = '1=13&2=15&9=17&21=21&26=23'
    __file__ = 'template/parts/action-synced-page.ts.jinja'
    return locals()


def _21(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/action-synced-request.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_action = resolve('action')
        pass
        yield '/** A record as Nango keeps it. */\ninterface '
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'record_type'))
        yield ' extends '
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'model'))
        yield " {\n    _nango_metadata: unknown;\n}\n\n/** What Nango's API gives of them at once. */\ninterface "
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'page_type'))
        yield ' {\n    records: '
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'record_type'))
        yield '[];\n    next_cursor: string | null;\n}\n\n/** Asks Nango for saved records, those that were deleted since left out; undefined without a key to ask with. */\nasync function fetchSynced(nango: NangoAction, params: Record<string, string>): Promise<'
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'page_type'))
        yield ' | undefined> {\n    const variables = (await nango.getEnvironmentVariables()) ?? [];\n    const key = variables.find((variable) => variable.name === '
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'key'))
        yield ')?.value;\n    const host = variables.find((variable) => variable.name === '
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'host'))
        yield ")?.value;\n    if (!key) {\n        return undefined;\n    }\n    const url = new URL('/records', host ?? "
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'default_host'))
        yield ');\n    '
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'names_model'))
        yield "\n    url.searchParams.set('filter', 'added,updated');\n    for (const [name, value] of Object.entries(params)) {\n        url.searchParams.set(name, value);\n    }\n    const response = await nango.uncontrolledFetch({\n        url,\n        headers: { Authorization: `Bearer ${key}`, 'Connection-Id': nango.connectionId, 'Provider-Config-Key': nango.providerConfigKey }\n    });\n    if (!response.ok) {\n        throw new nango.ActionError({ message: `Nango did not give the saved "
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'what'))
        yield ": ${response.status}` });\n    }\n    const page: unknown = await response.json();\n    if (!isPage(page)) {\n        throw new nango.ActionError({ message: 'Nango gave no page of records' });\n    }\n    return page;\n}\n\nfunction isPage(page: unknown): page is "
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'page_type'))
        yield " {\n    return typeof page === 'object' && page !== null && 'records' in page && Array.isArray(page.records);\n}\n"

    blocks = {}
    debug_info = '2=13&7=17&8=19&13=21&15=23&16=25&20=27&21=29&31=31&40=33'
    __file__ = 'template/parts/action-synced-request.ts.jinja'
    return locals()


def _22(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/action-synced.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_action = resolve('action')
        pass
        yield '    '
        yield str(environment.getattr(environment.getattr((undefined(name='action') if l_0_action is missing else l_0_action), 'synced'), 'call'))
        yield '\n    if (synced) {\n        return synced;\n    }\n'

    blocks = {}
    debug_info = '1=13'
    __file__ = 'template/parts/action-synced.ts.jinja'
    return locals()


def _23(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/on-event-creation.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_script = resolve('script')
        pass
        if environment.getattr((undefined(name='script') if l_0_script is missing else l_0_script), 'defaults'):
            pass
            yield '    // What the connection has already goes before these empty lists.\n    const metadata = await nango.getMetadata<Record<string, unknown> | null>();\n    '
            yield str(environment.getattr((undefined(name='script') if l_0_script is missing else l_0_script), 'defaults'))
            yield '\n'
        yield '    await nango.log(`The connection ${nango.connectionId} is made`);\n'
        if environment.getattr((undefined(name='script') if l_0_script is missing else l_0_script), 'waiting'):
            pass
            yield '    '
            yield str(environment.getattr((undefined(name='script') if l_0_script is missing else l_0_script), 'waiting'))
            yield '\n'

    blocks = {}
    debug_info = '1=12&4=15&7=18&8=21'
    __file__ = 'template/parts/on-event-creation.ts.jinja'
    return locals()


def _24(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/on-event-deletion.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        pass
        yield '    // The last moment at which the API can be asked anything on behalf of this connection.\n    await nango.log(`The connection ${nango.connectionId} is about to be deleted`);\n'

    blocks = {}
    debug_info = ''
    __file__ = 'template/parts/on-event-deletion.ts.jinja'
    return locals()


def _25(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/on-event-validation.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_script = resolve('script')
        pass
        yield '    '
        yield str(environment.getattr((undefined(name='script') if l_0_script is missing else l_0_script), 'proxy_config'))
        yield '\n\n    await nango.get<unknown>(proxyConfig).catch((error: unknown) => {\n        // Nango refuses the connection and shows this message.\n        throw new nango.ActionError({ message: `The API does not take these credentials: ${String(error)}` });\n    });\n    await nango.log(`The credentials of the connection ${nango.connectionId} work`);\n'

    blocks = {}
    debug_info = '1=13'
    __file__ = 'template/parts/on-event-validation.ts.jinja'
    return locals()


def _26(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/sync-configuration.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_sync = resolve('sync')
        pass
        if environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'configuration'), 'api_version'):
            pass
            yield '// The version of the API that all models are asked for in.\nconst API_VERSION = '
            yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'configuration'), 'api_version'))
            yield ';\n\n'
        for l_1_line in environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'comment'):
            _loop_vars = {}
            pass
            yield str(l_1_line)
            yield '\n'
        l_1_line = missing
        yield 'export default async function fetchData(nango: NangoSync): Promise<void> {\n    '
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'read_metadata'))
        yield '\n    '
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'check_metadata'))
        yield '\n\n    for (const configuration of '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'configuration'), 'configurations'))
        yield ') {\n        const saved = await saveConfigured('
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'configuration'), 'handed'))
        yield ', configuration);\n        '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'configuration'), 'log'))
        yield "\n    }\n}\n\n/** Fetches the configured fields of one of the provider's models, and saves the records page by page. */\n"
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'configuration'), 'signature'))
        yield '\n    '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'configuration'), 'fields'))
        yield '\n    '
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'proxy_config'))
        yield '\n\n    let saved = 0;\n    for await (const page of nango.paginate<'
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'page_type'))
        yield '>(proxyConfig)) {\n        '
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'save'))
        yield '\n        saved += page.length;\n    }\n    return saved;\n}\n'

    blocks = {}
    debug_info = '1=12&3=15&6=17&7=20&10=24&11=26&13=28&14=30&15=32&20=34&21=36&22=38&25=40&26=42'
    __file__ = 'template/parts/sync-configuration.ts.jinja'
    return locals()


def _27(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/sync-extended.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_sync = resolve('sync')
        pass
        yield "// A run ends itself before Nango's limit of 24 hours; the next one goes on where it stopped.\nconst MAX_RUNTIME_MS = "
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'extended'), 'max_hours'))
        yield ' * 60 * 60 * 1000;\nconst BATCH_SIZE = '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'extended'), 'limit'))
        yield ';\n\n'
        for l_1_line in environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'comment'):
            _loop_vars = {}
            pass
            yield str(l_1_line)
            yield '\n'
        l_1_line = missing
        yield 'export default async function fetchData(nango: NangoSync): Promise<void> {\n    const startedAt = Date.now();\n    '
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'read_metadata'))
        yield '\n    '
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'check_metadata'))
        yield '\n\n    // Without a start time no pass is under way, and a new one begins.\n    const isResumed = metadata.currentStartTime != null;\n    const passStart = metadata.currentStartTime ?? new Date(startedAt).toISOString();\n'
        if environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'extended'), 'remembers'):
            pass
            yield '    const changedSince = metadata.changedSince ?? (isResumed ? null : (nango.lastSyncDate?.toISOString() ?? null));\n'
        yield '    let cursor = isResumed ? (metadata.lastProcessedId ?? null) : null;\n    let total = isResumed ? (metadata.totalProcessed ?? 0) : 0;\n    if (!isResumed) {\n        await nango.updateMetadata({ currentStartTime: passStart, lastProcessedId: null, totalProcessed: 0'
        if environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'extended'), 'remembers'):
            pass
            yield ', changedSince'
        yield ' });\n    }\n\n    let hasMore = true;\n    while (hasMore) {\n        if (Date.now() - startedAt >= MAX_RUNTIME_MS) {\n            await nango.log(`The time of this run is up after ${total} records; the next run goes on from there`);\n            return;\n        }\n\n        const batch = await fetchBatch('
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'extended'), 'handed'))
        yield ');\n        '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'extended'), 'records'))
        yield '\n        '
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'save'))
        yield '\n        total += records.length;\n        cursor = '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'extended'), 'next_cursor'))
        yield ';\n        hasMore = records.length > 0 && cursor !== null;\n\n        // Noted after every batch, so that a run that is cut short repeats one batch and loses none.\n        await nango.updateMetadata({ lastProcessedId: cursor, totalProcessed: total });\n        await nango.log(`${total} records so far`);\n    }\n\n'
        if environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'extended'), 'remembers'):
            pass
            yield '    // The pass is complete: the next one asks for what changed since this one began.\n    await nango.updateMetadata({ currentStartTime: null, lastProcessedId: null, totalProcessed: 0, changedSince: passStart });\n'
        else:
            pass
            yield '    // The pass is complete: the next run begins a new one.\n    await nango.updateMetadata({ currentStartTime: null, lastProcessedId: null, totalProcessed: 0 });\n'
        yield '}\n\n/** Fetches one batch; the cursor is null for the first. */\n'
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'extended'), 'signature'))
        yield '\n    '
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'proxy_config'))
        yield '\n\n    const response = await nango.'
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'extended'), 'method'))
        yield '<'
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'page_type'))
        yield '>(proxyConfig);\n    return response.data;\n}\n'

    blocks = {}
    debug_info = '2=13&3=15&5=17&6=20&10=24&11=26&16=28&22=32&32=36&33=38&34=40&36=42&44=44&54=51&55=53&57=55'
    __file__ = 'template/parts/sync-extended.ts.jinja'
    return locals()


def _28(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/sync-head.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_sync = resolve('sync')
        pass
        for l_1_line in environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'comment'):
            _loop_vars = {}
            pass
            yield str(l_1_line)
            yield '\n'
        l_1_line = missing
        yield 'export default async function fetchData(nango: NangoSync): Promise<void> {\n'
        if environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'read_metadata'):
            pass
            yield '    // What this connection is set to sync, checked before anything is asked.\n    '
            yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'read_metadata'))
            yield '\n    '
            yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'check_metadata'))
            yield '\n\n'

    blocks = {}
    debug_info = '1=12&2=15&5=19&7=22&8=24'
    __file__ = 'template/parts/sync-head.ts.jinja'
    return locals()


def _29(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/sync-loop.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_loop_view = resolve('loop_view')
        pass
        yield '    '
        yield str(environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'proxy_config'))
        yield '\n\n'
        if environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'changed'):
            pass
            yield '    const since = nango.lastSyncDate;\n'
        if environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'single'):
            pass
            yield '    // The API gives everything in one response.\n    const response = await nango.'
            yield str(environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'method'))
            yield '<'
            yield str(environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'page_type'))
            yield '>(proxyConfig);\n    '
            yield str(environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'records'))
            yield '\n'
            if environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'changed'):
                pass
                yield '    '
                yield str(environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'changed'))
                yield '\n'
            if environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'marks'):
                pass
                yield '    // What the API marks as deleted is deleted here, too.\n'
            for l_1_statement in environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'statements'):
                _loop_vars = {}
                pass
                yield '    '
                yield str(l_1_statement)
                yield '\n'
            l_1_statement = missing
            if environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'next_level'):
                pass
                yield '\n    // One parent after the other: the API is never asked for two things at once.\n    for (const parent of parents) {\n        '
                yield str(environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'next_level'))
                yield '\n    }\n'
        else:
            pass
            if environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'lists_deleted'):
                pass
                yield '    // Nango needs no more than the id of what is gone.\n'
            elif (not environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'changed')):
                pass
                yield '    // Each page is saved as it comes, so that memory stays small and nothing is lost on the way.\n'
            yield '    for await (const page of nango.paginate<'
            yield str(environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'page_type'))
            yield '>(proxyConfig)) {\n'
            if environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'changed'):
                pass
                yield '        // Pages come newest first: behind the first record older than the last run nothing has changed.\n        '
                yield str(environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'changed'))
                yield '\n'
            if environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'marks'):
                pass
                yield '        // What the API marks as deleted is deleted here, too.\n'
            for l_1_statement in environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'statements'):
                _loop_vars = {}
                pass
                yield '        '
                yield str(l_1_statement)
                yield '\n'
            l_1_statement = missing
            if environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'next_level'):
                pass
                yield '\n        // One parent after the other: the API is never asked for two things at once.\n        for (const parent of parents) {\n            '
                yield str(environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'next_level'))
                yield '\n        }\n'
            if environment.getattr((undefined(name='loop_view') if l_0_loop_view is missing else l_0_loop_view), 'changed'):
                pass
                yield '        if (changed.length < page.length) {\n            break;\n        }\n'
            yield '    }\n'

    blocks = {}
    debug_info = '1=13&3=15&6=18&8=21&9=25&10=27&11=30&13=32&16=35&17=39&19=42&23=45&27=49&29=52&32=56&33=58&35=61&37=63&40=66&41=70&43=73&47=76&50=78'
    __file__ = 'template/parts/sync-loop.ts.jinja'
    return locals()


def _30(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/sync-paginated.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_sync = resolve('sync')
        l_0_loop_view = resolve('loop_view')
        pass
        template = environment.get_template('template/parts/sync-head.ts.jinja', 'template/parts/sync-paginated.ts.jinja')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {'loop_view': l_0_loop_view}))
        try:
            for event in gen:
                yield event
        finally: gen.close()
        if environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'loops'), 'first'):
            pass
            l_0_loop_view = environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'loops'), 'first')
            context.vars['loop_view'] = l_0_loop_view
            context.exported_vars.add('loop_view')
            template = environment.get_template('template/parts/sync-loop.ts.jinja', 'template/parts/sync-paginated.ts.jinja')
            gen = template.root_render_func(template.new_context(context.get_all(), True, {'loop_view': l_0_loop_view}))
            try:
                for event in gen:
                    yield event
            finally: gen.close()
        else:
            pass
            yield '    // One kind of record after the other: the API is never asked for two things at once.\n'
            for l_1_call in environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'loops'), 'calls'):
                _loop_vars = {}
                pass
                yield '    '
                yield str(l_1_call)
                yield '\n'
            l_1_call = missing
            if environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'loops'), 'forget'):
                pass
                yield '\n    // A first run has saved nothing yet that could be gone.\n    if (nango.lastSyncDate) {\n        '
                yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'loops'), 'forget'))
                yield '\n    }\n'
        yield '}\n'
        for l_1_loop_view in environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'loops'), 'helpers'):
            _loop_vars = {}
            pass
            yield '\n'
            for l_2_line in environment.getattr(l_1_loop_view, 'comment'):
                _loop_vars = {}
                pass
                yield str(l_2_line)
                yield '\n'
            l_2_line = missing
            yield str(environment.getattr(l_1_loop_view, 'signature'))
            yield '\n'
            template = environment.get_template('template/parts/sync-loop.ts.jinja', 'template/parts/sync-paginated.ts.jinja')
            gen = template.root_render_func(template.new_context(context.get_all(), True, {'loop_view': l_1_loop_view}))
            try:
                for event in gen:
                    yield event
            finally: gen.close()
            yield '}\n'
        l_1_loop_view = missing

    blocks = {}
    debug_info = '1=13&2=19&3=21&4=24&7=33&8=37&10=40&14=43&19=46&21=50&22=53&24=56&25=58'
    __file__ = 'template/parts/sync-paginated.ts.jinja'
    return locals()


def _31(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/sync-selection.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_sync = resolve('sync')
        pass
        yield '// Records are saved whenever this many have come together.\nconst BATCH_SIZE = 100;\n\n'
        for l_1_line in environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'comment'):
            _loop_vars = {}
            pass
            yield str(l_1_line)
            yield '\n'
        l_1_line = missing
        yield 'export default async function fetchData(nango: NangoSync): Promise<void> {\n    '
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'read_metadata'))
        yield '\n    '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'items_constant'))
        yield '\n    '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'folders_constant'))
        yield '\n    '
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'check_metadata'))
        yield '\n    if (items.length === 0 && folders.length === 0) {\n        throw new nango.ActionError({ message: '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'nothing_selected'))
        yield ' });\n    }\n\n    // Folders first, each with everything below it; one that was met before is not walked again.\n    const seen = new Set<string>();\n    for (const folder of folders) {\n        await saveFolder('
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'handed'))
        yield ', folder, seen);\n    }\n\n    let found: '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'model'))
        yield '[] = [];\n    for (const item of items) {\n        found = [...found, ...(await fetchItem('
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'handed'))
        yield ', item))];\n        if (found.length >= BATCH_SIZE) {\n            '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'save_found'))
        yield '\n            found = [];\n        }\n    }\n    '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'save_rest'))
        yield '\n    await nango.log(`${seen.size} folders and ${items.length} single items are done`);\n}\n\n/** Saves what lies in a folder and in all folders below it. */\n'
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'folder_signature'))
        yield '\n    if (seen.has(folder)) {\n        return;\n    }\n    seen.add(folder);\n    const entries = await listFolder('
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'handed'))
        yield ', folder);\n    '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'inside'))
        yield '\n    for (let first = 0; first < inside.length; first += BATCH_SIZE) {\n        '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'save_inside'))
        yield '\n    }\n    await nango.log(`${inside.length} records in the folder ${folder}`);\n\n    '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'below'))
        yield '\n    for (const next of below) {\n        await saveFolder('
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'handed'))
        yield ', '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'next_id'))
        yield ', seen);\n    }\n}\n\n/** Every entry of a folder; what was found up to then when the API fails. */\n'
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'list_signature'))
        yield '\n    '
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'proxy_config'))
        yield '\n\n    const entries: '
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'page_type'))
        yield '[] = [];\n    // One folder that fails must not end the sync. @allowTryCatch\n    try {\n        for await (const page of nango.paginate<'
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'page_type'))
        yield ">(proxyConfig)) {\n            entries.push(...page);\n        }\n    } catch (error) {\n        await nango.log(`The folder ${folder} could not be read to its end: ${String(error)}`, { level: 'error' });\n    }\n    return entries;\n}\n\n/** One item by its id; none when the API fails. */\n"
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'item_signature'))
        yield '\n    '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'selection'), 'item_config'))
        yield '\n\n    // One item that fails must not end the sync. @allowTryCatch\n    try {\n        const response = await nango.get<'
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'page_type'))
        yield '>(proxyConfig);\n        return ['
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'mapper'))
        yield "(response.data)];\n    } catch (error) {\n        await nango.log(`The item ${item} was left out: ${String(error)}`, { level: 'error' });\n        return [];\n    }\n}\n"

    blocks = {}
    debug_info = '4=13&5=16&8=20&9=22&10=24&11=26&13=28&19=30&22=32&24=34&26=36&30=38&35=40&40=42&41=44&43=46&47=48&49=50&54=54&55=56&57=58&60=60&70=62&71=64&75=66&76=68'
    __file__ = 'template/parts/sync-selection.ts.jinja'
    return locals()


def _32(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/sync-webhook.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_sync = resolve('sync')
        pass
        yield '\n'
        for l_1_line in environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'webhook'), 'comment'):
            _loop_vars = {}
            pass
            yield str(l_1_line)
            yield '\n'
        l_1_line = missing
        yield 'export async function onWebhookPayloadReceived(nango: NangoSync, payload: unknown): Promise<void> {\n    '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'webhook'), 'record'))
        yield '\n    if (!'
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'webhook'), 'guard'))
        yield "(record)) {\n        await nango.log('A webhook was left out: its payload holds no whole record', { level: 'warn' });\n        return;\n    }\n"
        if environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'webhook'), 'deleted'):
            pass
            yield '    if ('
            yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'webhook'), 'deleted'))
            yield ') {\n        '
            yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'webhook'), 'delete'))
            yield '\n        return;\n    }\n'
        yield '    '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'webhook'), 'save'))
        yield '\n}\n\n/** Whether a value of unknown shape has all that a record needs. */\nfunction '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'webhook'), 'guard'))
        yield '(value: unknown): value is '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'webhook'), 'raw'))
        yield ' {\n    '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'webhook'), 'whole'))
        yield "\n}\n\nfunction isObject(value: unknown): value is Record<string, unknown> {\n    return typeof value === 'object' && value !== null;\n}\n"
        if environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'webhook'), 'nested'):
            pass
            yield '\n/** What stands in a value of unknown shape at some properties, one in the other. */\nfunction valueAt(value: unknown, steps: string[]): unknown {\n    return steps.reduce<unknown>((found, step) => (isObject(found) ? found[step] : undefined), value);\n}\n'

    blocks = {}
    debug_info = '2=13&3=16&6=20&7=22&11=24&12=27&13=29&17=32&21=34&22=38&28=40'
    __file__ = 'template/parts/sync-webhook.ts.jinja'
    return locals()


def _33(environment):
    from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
    name = 'template/parts/sync-window.ts.jinja'

    def root(context, missing=missing, environment=environment):
        resolve = context.resolve_or_missing
        undefined = environment.undefined
        concat = environment.concat
        cond_expr_undefined = Undefined
        if 0: yield None
        l_0_sync = resolve('sync')
        pass
        yield '// How far back the first full pass reaches when the metadata names no start.\nconst LOOKBACK_YEARS = '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'window'), 'lookback_years'))
        yield ';\n\n'
        for l_1_line in environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'comment'):
            _loop_vars = {}
            pass
            yield str(l_1_line)
            yield '\n'
        l_1_line = missing
        yield 'export default async function fetchData(nango: NangoSync): Promise<void> {\n    '
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'read_metadata'))
        yield '\n    '
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'check_metadata'))
        yield '\n    const { fromDate, toDate, useMetadata } = metadata;\n    const now = new Date();\n\n    // Once a full pass is done, only what changed since the last run is asked for.\n    if (useMetadata === false && nango.lastSyncDate) {\n        // A pass of several runs ends before the last of them began: what lies between is asked for as well.\n        const covered = new Date(toDate ?? nango.lastSyncDate);\n        const since = covered < nango.lastSyncDate ? covered : nango.lastSyncDate;\n        await saveWindow('
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'window'), 'handed'))
        yield ", since, now);\n        await nango.updateMetadata({ fromDate: now.toISOString(), toDate: now.toISOString(), useMetadata: false });\n        return;\n    }\n\n    // A pass that was cut short goes on where its last finished window ended.\n    const firstDay = new Date(Date.UTC(now.getUTCFullYear() - LOOKBACK_YEARS, now.getUTCMonth(), 1));\n    const end = useMetadata && toDate ? new Date(toDate) : now;\n    let start = useMetadata && fromDate ? new Date(fromDate) : firstDay;\n    if (Number.isNaN(start.getTime()) || Number.isNaN(end.getTime()) || start > end) {\n        throw new nango.ActionError({ message: 'fromDate and toDate of the metadata must be dates, the first not after the second' });\n    }\n\n    while (start < end) {\n        const next = nextBoundary(start);\n        const windowEnd = next < end ? next : end;\n        const saved = await saveWindow("
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'window'), 'handed'))
        yield ', start, windowEnd);\n\n        // Noted after every window, so that a run that is cut short repeats one window and loses none.\n        await nango.updateMetadata({ fromDate: windowEnd.toISOString(), toDate: end.toISOString(), useMetadata: windowEnd < end });\n        await nango.log(`${saved} records from ${start.toISOString()} to ${windowEnd.toISOString()}`);\n        start = windowEnd;\n    }\n}\n\n/** The first moment of the '
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'window'), 'unit'))
        yield ' after the one a date lies in, in UTC. */\nfunction nextBoundary(date: Date): Date {\n    return new Date('
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'window'), 'next_boundary'))
        yield ');\n}\n\n/** Fetches and saves one window page by page; gives the number of records saved. */\n'
        yield str(environment.getattr(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'window'), 'signature'))
        yield '\n    '
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'proxy_config'))
        yield '\n\n    let saved = 0;\n    for await (const page of nango.paginate<'
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'page_type'))
        yield '>(proxyConfig)) {\n        '
        yield str(environment.getattr((undefined(name='sync') if l_0_sync is missing else l_0_sync), 'save'))
        yield '\n        saved += page.length;\n    }\n    return saved;\n}\n'

    blocks = {}
    debug_info = '2=13&4=15&5=18&8=22&9=24&18=26&34=28&43=30&45=32&49=34&50=36&53=38&54=40'
    __file__ = 'template/parts/sync-window.ts.jinja'
    return locals()


TEMPLATES = {
    'template/files/.env.example.jinja': ('# Copy this file to nango-integrations/.env and fill in the keys; never commit that one.\n# A key for one environment goes before the general one.\nNANGO_SECRET_KEY_DEV=\nNANGO_SECRET_KEY_PROD=\nNANGO_SECRET_KEY=\n# Only for a self-hosted Nango:\n# NANGO_HOSTPORT=\n', _0),
    'template/files/.gitignore.jinja': ('node_modules/\n.env\nnango-integrations/.nango/\nnango-integrations/build/\nnango-integrations/dist/\n', _1),
    'template/files/dryrun.js.jinja': ('// Dry-runs a sync or an action against a real connection; nothing is saved.\n//\n//     node dryrun.js <script> <connection> --integration-id <integration> [-e dev] [--input \'{}\'] [...]\n//\n// All words go to `npx nango dryrun`. From nango 0.60 on that command does not start in a project with a nango.yaml until\n// an index.ts lists some built function: two small files that are never run stand there meanwhile, and go afterwards.\n\nconst FOLDER = \'nango-integrations\';\nconst STAND_INS = {\n    \'index.ts\': "import \'./zz-stand-in/on-events/none.js\';\\n",\n    \'build/zz-stand-in_on-events_none.cjs\': "exports.default = { type: \'onEvent\', event: \'post-connection-creation\' };\\n"\n};\n\nasync function main(words) {\n    const { spawnSync } = await import(\'node:child_process\');\n    const fs = await import(\'node:fs\');\n    const path = await import(\'node:path\');\n\n    const root = path.join(path.dirname(path.resolve(process.argv[1])), FOLDER);\n    const cli = findCli(fs, path, root);\n    if (!cli) {\n        throw new Error(\'The nango CLI is not installed: run npm install\');\n    }\n    const laid = needsStandIns(fs, path, cli, root) ? layStandIns(fs, path, root) : [];\n    process.on(\'SIGINT\', () => {}); // Ctrl-C ends the CLI, and the stand-ins still go\n    try {\n        const environment = { NANGO_CLI_UPGRADE_MODE: \'ignore\', NANGO_CLI_DEPENDENCY_UPDATE: \'false\', ...process.env };\n        const command = [path.join(cli, \'dist\', \'index.js\'), \'dryrun\', ...words];\n        const done = spawnSync(process.execPath, command, { cwd: root, env: environment, stdio: \'inherit\' });\n        process.exitCode = done.status ?? 1;\n    } finally {\n        laid.forEach((file) => fs.rmSync(file, { recursive: true, force: true }));\n    }\n}\n\n/** The folder of the CLI, looked for as Node does; undefined when there is none. */\nfunction findCli(fs, path, folder) {\n    const found = path.join(folder, \'node_modules\', \'nango\');\n    const above = path.dirname(folder);\n    return fs.existsSync(found) ? found : above === folder ? undefined : findCli(fs, path, above);\n}\n\n/** Whether this CLI builds its list of scripts from an index.ts, and the project, having a nango.yaml, has none of its own. */\nfunction needsStandIns(fs, path, cli, root) {\n    const index = path.join(root, \'index.ts\');\n    const hasOwnIndex = fs.existsSync(index) && fs.readFileSync(index, \'utf8\') !== STAND_INS[\'index.ts\'];\n    return fs.existsSync(path.join(cli, \'dist\', \'zeroYaml\')) && fs.existsSync(path.join(root, \'nango.yaml\')) && !hasOwnIndex;\n}\n\n/** Writes the stand-ins; gives what has to go afterwards: the files, and a folder that was made for one. */\nfunction layStandIns(fs, path, root) {\n    return Object.entries(STAND_INS).map(([name, text]) => {\n        const file = path.join(root, name);\n        const made = fs.mkdirSync(path.dirname(file), { recursive: true });\n        fs.writeFileSync(file, text);\n        return made ?? file;\n    });\n}\n\nmain(process.argv.slice(2)).catch((error) => {\n    console.error(error.message);\n    process.exitCode = 1;\n});\n', _2),
    'template/files/find-connections.js.jinja': ("// Lists the connections of an integration that a dry run can use.\n//\n//     node find-connections.js <integration> [environment]\n//\n// The secret key comes from the environment or a .env file: NANGO_SECRET_KEY_<ENVIRONMENT> before NANGO_SECRET_KEY.\n\nconst PREFIX = 'NANGO_SECRET_KEY';\n\n/** Every secret key that is set, those of one environment first. */\nfunction secretKeys(environment) {\n    return Object.entries(process.env)\n        .filter(([name, value]) => name.startsWith(PREFIX) && value)\n        .filter(([name]) => !environment || name === PREFIX || name === `${PREFIX}_${environment.toUpperCase()}`)\n        .sort(([a], [b]) => Number(a === PREFIX) - Number(b === PREFIX) || a.localeCompare(b));\n}\n\n/** Whether a connection's credentials work: no error of it is about authentication. */\nfunction isUsable(connection) {\n    return !(connection.errors ?? []).some((error) => error.type === 'auth');\n}\n\nfunction describe(connection) {\n    const others = connection.errors?.length ?? 0;\n    const lines = [`- ${connection.connection_id}`, `    provider: ${connection.provider}`, `    created:  ${connection.created}`];\n    return [...lines, ...(others > 0 ? [`    errors:   ${others}, none of them about authentication`] : [])].join('\\n');\n}\n\nasync function main([integration, environment]) {\n    const { config } = await import('dotenv');\n    config({ path: ['nango-integrations/.env', '.env'] });\n    if (!integration) {\n        throw new Error('Say which integration: node find-connections.js <integration> [environment]');\n    }\n    const [found] = secretKeys(environment);\n    if (!found) {\n        throw new Error(`No ${PREFIX} is set. Copy .env.example to nango-integrations/.env and fill it in.`);\n    }\n    const [name, secretKey] = found;\n    console.log(`Using ${name}`);\n\n    const { Nango } = await import('@nangohq/node');\n    const host = process.env.NANGO_HOSTPORT;\n    const nango = new Nango({ secretKey, ...(host ? { host } : {}) });\n    const { connections } = await nango.listConnections();\n    const usable = connections.filter((connection) => connection.provider_config_key === integration && isUsable(connection));\n    console.log(`${usable.length} usable connection(s) of ${integration}`);\n    console.log(usable.map(describe).join('\\n'));\n}\n\nmain(process.argv.slice(2)).catch((error) => {\n    console.error(error.message);\n    process.exitCode = 1;\n});\n", _3),
    'template/files/nango-integrations/{{ view.integration }}/actions/{% yield action from view.actions %}{{ action.name }}{% endyield %}.ts.jinja': ("{% for line in action.imports %}\n{{ line }}\n{% endfor %}\n\n{% for line in action.comment %}\n{{ line }}\n{% endfor %}\n{{ action.signature }}\n{% if action.check_input %}\n{% if action.may_be_empty %}\n    // No field is required, and an input without fields may arrive as nothing at all.\n{% else %}\n    // A wrong input is refused before the API is asked.\n{% endif %}\n    {{ action.check_input }}\n\n{% endif %}\n{% if action.dates %}\n    // Dates come in any form that Date reads, and go out in the API's own.\n    {{ action.dates }}\n\n{% endif %}\n{% if action.synced %}\n{% include 'template/parts/action-synced.ts.jinja' %}\n\n{% endif %}\n{% include 'template/parts/action-' ~ action.part ~ '.ts.jinja' %}\n}\n{% if action.synced %}\n\n{% include 'template/parts/action-synced-' ~ action.synced.part ~ '.ts.jinja' %}\n{% endif %}\n{% if action.dates %}\n\n{% include 'template/parts/action-date.ts.jinja' %}\n{% endif %}\n", _4),
    'template/files/nango-integrations/{{ view.integration }}/mappers/{% yield mapper from view.mappers %}{{ mapper.stem }}{% endyield %}.ts.jinja': ('{% for line in mapper.imports %}\n{{ line }}\n{% endfor %}\n\n{{ mapper.function }}\n', _5),
    'template/files/nango-integrations/{{ view.integration }}/on-events/{% yield script from view.on_events %}{{ script.name }}{% endyield %}.ts.jinja': ("{% for line in script.imports %}\n{{ line }}\n{% endfor %}\n\n{% for line in script.comment %}\n{{ line }}\n{% endfor %}\nexport default async function onEvent(nango: NangoAction): Promise<void> {\n{% include 'template/parts/on-event-' ~ script.part ~ '.ts.jinja' %}\n}\n", _6),
    'template/files/nango-integrations/{{ view.integration }}/syncs/{% yield sync from view.syncs %}{{ sync.name }}{% endyield %}.ts.jinja': ("{% for line in sync.imports %}\n{{ line }}\n{% endfor %}\n\n{% include 'template/parts/sync-' ~ sync.part ~ '.ts.jinja' %}\n{% if sync.webhook %}\n{% include 'template/parts/sync-webhook.ts.jinja' %}\n{% endif %}\n", _7),
    'template/files/nango-integrations/{{ view.integration }}/types.ts.jinja': ('{% for declaration in view.types.declarations %}\n{{ declaration }}\n{% if not loop.last %}\n\n{% endif %}\n{% endfor %}\n', _8),
    'template/files/package.json.jinja': ('{\n    "name": "nango-integrations",\n    "private": true,\n    "type": "module",\n    "scripts": {\n        "generate": "cd nango-integrations && nango generate",\n        "compile": "cd nango-integrations && nango compile",\n        "dryrun": "node dryrun.js",\n        "deploy": "cd nango-integrations && nango deploy",\n        "find-connections": "node find-connections.js"\n    },\n    "devDependencies": {\n        "@nangohq/node": "{{ view.nango_version }}",\n        "dotenv": "{{ view.dotenv_version }}",\n        "nango": "{{ view.nango_version }}",\n        "zod": "{{ view.zod_version }}"\n    }\n}\n', _9),
    'template/files/tsconfig.json.jinja': ('{\n    "compilerOptions": {\n        "target": "ES2021",\n        "lib": ["ES2021", "DOM"],\n        "module": "ESNext",\n        "moduleResolution": "Bundler",\n        "strict": true,\n        "exactOptionalPropertyTypes": true,\n        "noImplicitReturns": true,\n        "noPropertyAccessFromIndexSignature": true,\n        "noUncheckedIndexedAccess": true,\n        "noUnusedLocals": true,\n        "noUnusedParameters": true,\n        "skipLibCheck": true,\n        "noEmit": true\n    },\n    "include": ["nango-integrations/**/*.ts"]\n}\n', _10),
    'template/parts/action-binary.ts.jinja': ("    {{ action.proxy_config }}\n\n    const response = await {% include 'template/parts/action-request.ts.jinja' %}\n\n    // What an action returns is JSON, which holds no bytes: they go as base64 text.\n{% if action.content_type %}\n    const type: unknown = response.headers['content-type'];\n    return {\n        content: Buffer.from(response.data).toString('base64'),\n        {{ action.content_type }}\n    };\n{% else %}\n    return { content: Buffer.from(response.data).toString('base64') };\n{% endif %}\n", _11),
    'template/parts/action-date.ts.jinja': ('/** Reads a date of the input in whatever form it came, or says which field holds none. */\nfunction readDate(nango: NangoAction, field: string, value: string | number): Date {\n    const date = new Date(value);\n    if (Number.isNaN(date.getTime())) {\n        throw new nango.ActionError({ message: `${field} is no date: ${value}` });\n    }\n    return date;\n}\n', _12),
    'template/parts/action-done.ts.jinja': ("    {{ action.proxy_config }}\n\n    await {% include 'template/parts/action-request.ts.jinja' %}\n\n    return { success: true };\n", _13),
    'template/parts/action-nothing.ts.jinja': ("    {{ action.proxy_config }}\n\n    await {% include 'template/parts/action-request.ts.jinja' %}\n", _14),
    'template/parts/action-page-offset.ts.jinja': ("    const offset = Number({{ action.page.cursor_in }} ?? {{ action.page.start }});\n    if (!Number.isInteger(offset)) {\n        throw new nango.ActionError({ message: 'cursor is not the next_cursor of an earlier page' });\n    }\n\n{% include 'template/parts/action-page.ts.jinja' %}\n", _15),
    'template/parts/action-page.ts.jinja': ("    {{ action.proxy_config }}\n\n    const response = await {% include 'template/parts/action-request.ts.jinja' %}\n\n    {{ action.page.records }}\n    if (!Array.isArray(records)) {\n        throw new nango.ActionError({ message: {{ action.page.where }} });\n    }\n\n{% if action.page.next_cursor %}\n    // The caller hands this back to get the next page; without it there is none.\n    {{ action.page.next_cursor }}\n    return {\n        {{ action.page.field }}: records.map({{ action.page.mapper }}),\n        ...(nextCursor ? { next_cursor: String(nextCursor) } : {})\n    };\n{% else %}\n    return { {{ action.page.field }}: records.map({{ action.page.mapper }}) };\n{% endif %}\n", _16),
    'template/parts/action-record.ts.jinja': ("    {{ action.proxy_config }}\n\n    const response = await {% include 'template/parts/action-request.ts.jinja' %}\n\n    {{ action.result }}\n", _17),
    'template/parts/action-request.ts.jinja': ('nango.{{ action.method }}<{{ action.body_type }}>(proxyConfig).catch((error: unknown) => {\n        // What the API refuses reaches the caller as a message it can act on.\n        throw new nango.ActionError({ message: `{{ action.failure }}: ${String(error)}` });\n    });\n', _18),
    'template/parts/action-synced-all.ts.jinja': ("/** All the {{ action.synced.what }} that were saved; undefined where none are. */\n{{ action.synced.signature }}\n    const saved: {{ action.synced.model }}[] = [];\n    let page = await fetchSynced(nango, { limit: '1000' });\n    while (page) {\n        saved.push(...page.records.map(({ _nango_metadata, ...record }) => record));\n        page = page.next_cursor ? await fetchSynced(nango, { limit: '1000', cursor: page.next_cursor }) : undefined;\n    }\n    return saved.length > 0 ? { {{ action.synced.field }}: saved } : undefined;\n}\n\n{% include 'template/parts/action-synced-request.ts.jinja' %}\n", _19),
    'template/parts/action-synced-page.ts.jinja': ("/** A page of the {{ action.synced.what }} that were saved; undefined where none are, or where the live API gave the page before. */\n{{ action.synced.signature }}\n    // Nango's cursors are marked, so that none of them ever reaches the API.\n    const mark = 'synced:';\n    if (cursor && !cursor.startsWith(mark)) {\n        return undefined;\n    }\n    const page = await fetchSynced(nango, {\n{% if action.synced.takes_limit %}\n        ...(limit ? { limit: String(limit) } : {}),\n{% endif %}\n        ...(cursor ? { cursor: cursor.slice(mark.length) } : {})\n    });\n    if (!page && cursor) {\n        throw new nango.ActionError({ message: 'The records of this cursor can no longer be read: start again without one' });\n    }\n    if (!page || (page.records.length === 0 && !cursor)) {\n        return undefined;\n    }\n    return {\n        {{ action.synced.field }}: page.records.map(({ _nango_metadata, ...record }) => record),\n        ...(page.next_cursor ? { next_cursor: `${mark}${page.next_cursor}` } : {})\n    };\n}\n\n{% include 'template/parts/action-synced-request.ts.jinja' %}\n", _20),
    'template/parts/action-synced-request.ts.jinja': ("/** A record as Nango keeps it. */\ninterface {{ action.synced.record_type }} extends {{ action.synced.model }} {\n    _nango_metadata: unknown;\n}\n\n/** What Nango's API gives of them at once. */\ninterface {{ action.synced.page_type }} {\n    records: {{ action.synced.record_type }}[];\n    next_cursor: string | null;\n}\n\n/** Asks Nango for saved records, those that were deleted since left out; undefined without a key to ask with. */\nasync function fetchSynced(nango: NangoAction, params: Record<string, string>): Promise<{{ action.synced.page_type }} | undefined> {\n    const variables = (await nango.getEnvironmentVariables()) ?? [];\n    const key = variables.find((variable) => variable.name === {{ action.synced.key }})?.value;\n    const host = variables.find((variable) => variable.name === {{ action.synced.host }})?.value;\n    if (!key) {\n        return undefined;\n    }\n    const url = new URL('/records', host ?? {{ action.synced.default_host }});\n    {{ action.synced.names_model }}\n    url.searchParams.set('filter', 'added,updated');\n    for (const [name, value] of Object.entries(params)) {\n        url.searchParams.set(name, value);\n    }\n    const response = await nango.uncontrolledFetch({\n        url,\n        headers: { Authorization: `Bearer ${key}`, 'Connection-Id': nango.connectionId, 'Provider-Config-Key': nango.providerConfigKey }\n    });\n    if (!response.ok) {\n        throw new nango.ActionError({ message: `Nango did not give the saved {{ action.synced.what }}: ${response.status}` });\n    }\n    const page: unknown = await response.json();\n    if (!isPage(page)) {\n        throw new nango.ActionError({ message: 'Nango gave no page of records' });\n    }\n    return page;\n}\n\nfunction isPage(page: unknown): page is {{ action.synced.page_type }} {\n    return typeof page === 'object' && page !== null && 'records' in page && Array.isArray(page.records);\n}\n", _21),
    'template/parts/action-synced.ts.jinja': ('    {{ action.synced.call }}\n    if (synced) {\n        return synced;\n    }\n', _22),
    'template/parts/on-event-creation.ts.jinja': ('{% if script.defaults %}\n    // What the connection has already goes before these empty lists.\n    const metadata = await nango.getMetadata<Record<string, unknown> | null>();\n    {{ script.defaults }}\n{% endif %}\n    await nango.log(`The connection ${nango.connectionId} is made`);\n{% if script.waiting %}\n    {{ script.waiting }}\n{% endif %}\n', _23),
    'template/parts/on-event-deletion.ts.jinja': ('    // The last moment at which the API can be asked anything on behalf of this connection.\n    await nango.log(`The connection ${nango.connectionId} is about to be deleted`);\n', _24),
    'template/parts/on-event-validation.ts.jinja': ('    {{ script.proxy_config }}\n\n    await nango.get<unknown>(proxyConfig).catch((error: unknown) => {\n        // Nango refuses the connection and shows this message.\n        throw new nango.ActionError({ message: `The API does not take these credentials: ${String(error)}` });\n    });\n    await nango.log(`The credentials of the connection ${nango.connectionId} work`);\n', _25),
    'template/parts/sync-configuration.ts.jinja': ("{% if sync.configuration.api_version %}\n// The version of the API that all models are asked for in.\nconst API_VERSION = {{ sync.configuration.api_version }};\n\n{% endif %}\n{% for line in sync.comment %}\n{{ line }}\n{% endfor %}\nexport default async function fetchData(nango: NangoSync): Promise<void> {\n    {{ sync.read_metadata }}\n    {{ sync.check_metadata }}\n\n    for (const configuration of {{ sync.configuration.configurations }}) {\n        const saved = await saveConfigured({{ sync.configuration.handed }}, configuration);\n        {{ sync.configuration.log }}\n    }\n}\n\n/** Fetches the configured fields of one of the provider's models, and saves the records page by page. */\n{{ sync.configuration.signature }}\n    {{ sync.configuration.fields }}\n    {{ sync.proxy_config }}\n\n    let saved = 0;\n    for await (const page of nango.paginate<{{ sync.page_type }}>(proxyConfig)) {\n        {{ sync.save }}\n        saved += page.length;\n    }\n    return saved;\n}\n", _26),
    'template/parts/sync-extended.ts.jinja': ("// A run ends itself before Nango's limit of 24 hours; the next one goes on where it stopped.\nconst MAX_RUNTIME_MS = {{ sync.extended.max_hours }} * 60 * 60 * 1000;\nconst BATCH_SIZE = {{ sync.extended.limit }};\n\n{% for line in sync.comment %}\n{{ line }}\n{% endfor %}\nexport default async function fetchData(nango: NangoSync): Promise<void> {\n    const startedAt = Date.now();\n    {{ sync.read_metadata }}\n    {{ sync.check_metadata }}\n\n    // Without a start time no pass is under way, and a new one begins.\n    const isResumed = metadata.currentStartTime != null;\n    const passStart = metadata.currentStartTime ?? new Date(startedAt).toISOString();\n{% if sync.extended.remembers %}\n    const changedSince = metadata.changedSince ?? (isResumed ? null : (nango.lastSyncDate?.toISOString() ?? null));\n{% endif %}\n    let cursor = isResumed ? (metadata.lastProcessedId ?? null) : null;\n    let total = isResumed ? (metadata.totalProcessed ?? 0) : 0;\n    if (!isResumed) {\n        await nango.updateMetadata({ currentStartTime: passStart, lastProcessedId: null, totalProcessed: 0{% if sync.extended.remembers %}, changedSince{% endif %} });\n    }\n\n    let hasMore = true;\n    while (hasMore) {\n        if (Date.now() - startedAt >= MAX_RUNTIME_MS) {\n            await nango.log(`The time of this run is up after ${total} records; the next run goes on from there`);\n            return;\n        }\n\n        const batch = await fetchBatch({{ sync.extended.handed }});\n        {{ sync.extended.records }}\n        {{ sync.save }}\n        total += records.length;\n        cursor = {{ sync.extended.next_cursor }};\n        hasMore = records.length > 0 && cursor !== null;\n\n        // Noted after every batch, so that a run that is cut short repeats one batch and loses none.\n        await nango.updateMetadata({ lastProcessedId: cursor, totalProcessed: total });\n        await nango.log(`${total} records so far`);\n    }\n\n{% if sync.extended.remembers %}\n    // The pass is complete: the next one asks for what changed since this one began.\n    await nango.updateMetadata({ currentStartTime: null, lastProcessedId: null, totalProcessed: 0, changedSince: passStart });\n{% else %}\n    // The pass is complete: the next run begins a new one.\n    await nango.updateMetadata({ currentStartTime: null, lastProcessedId: null, totalProcessed: 0 });\n{% endif %}\n}\n\n/** Fetches one batch; the cursor is null for the first. */\n{{ sync.extended.signature }}\n    {{ sync.proxy_config }}\n\n    const response = await nango.{{ sync.extended.method }}<{{ sync.page_type }}>(proxyConfig);\n    return response.data;\n}\n", _27),
    'template/parts/sync-head.ts.jinja': ('{% for line in sync.comment %}\n{{ line }}\n{% endfor %}\nexport default async function fetchData(nango: NangoSync): Promise<void> {\n{% if sync.read_metadata %}\n    // What this connection is set to sync, checked before anything is asked.\n    {{ sync.read_metadata }}\n    {{ sync.check_metadata }}\n\n{% endif %}\n', _28),
    'template/parts/sync-loop.ts.jinja': ('    {{ loop_view.proxy_config }}\n\n{% if loop_view.changed %}\n    const since = nango.lastSyncDate;\n{% endif %}\n{% if loop_view.single %}\n    // The API gives everything in one response.\n    const response = await nango.{{ loop_view.method }}<{{ loop_view.page_type }}>(proxyConfig);\n    {{ loop_view.records }}\n{% if loop_view.changed %}\n    {{ loop_view.changed }}\n{% endif %}\n{% if loop_view.marks %}\n    // What the API marks as deleted is deleted here, too.\n{% endif %}\n{% for statement in loop_view.statements %}\n    {{ statement }}\n{% endfor %}\n{% if loop_view.next_level %}\n\n    // One parent after the other: the API is never asked for two things at once.\n    for (const parent of parents) {\n        {{ loop_view.next_level }}\n    }\n{% endif %}\n{% else %}\n{% if loop_view.lists_deleted %}\n    // Nango needs no more than the id of what is gone.\n{% elif not loop_view.changed %}\n    // Each page is saved as it comes, so that memory stays small and nothing is lost on the way.\n{% endif %}\n    for await (const page of nango.paginate<{{ loop_view.page_type }}>(proxyConfig)) {\n{% if loop_view.changed %}\n        // Pages come newest first: behind the first record older than the last run nothing has changed.\n        {{ loop_view.changed }}\n{% endif %}\n{% if loop_view.marks %}\n        // What the API marks as deleted is deleted here, too.\n{% endif %}\n{% for statement in loop_view.statements %}\n        {{ statement }}\n{% endfor %}\n{% if loop_view.next_level %}\n\n        // One parent after the other: the API is never asked for two things at once.\n        for (const parent of parents) {\n            {{ loop_view.next_level }}\n        }\n{% endif %}\n{% if loop_view.changed %}\n        if (changed.length < page.length) {\n            break;\n        }\n{% endif %}\n    }\n{% endif %}\n', _29),
    'template/parts/sync-paginated.ts.jinja': ("{% include 'template/parts/sync-head.ts.jinja' %}\n{% if sync.loops.first %}\n{% set loop_view = sync.loops.first %}\n{% include 'template/parts/sync-loop.ts.jinja' %}\n{% else %}\n    // One kind of record after the other: the API is never asked for two things at once.\n{% for call in sync.loops.calls %}\n    {{ call }}\n{% endfor %}\n{% if sync.loops.forget %}\n\n    // A first run has saved nothing yet that could be gone.\n    if (nango.lastSyncDate) {\n        {{ sync.loops.forget }}\n    }\n{% endif %}\n{% endif %}\n}\n{% for loop_view in sync.loops.helpers %}\n\n{% for line in loop_view.comment %}\n{{ line }}\n{% endfor %}\n{{ loop_view.signature }}\n{% include 'template/parts/sync-loop.ts.jinja' %}\n}\n{% endfor %}\n", _30),
    'template/parts/sync-selection.ts.jinja': ("// Records are saved whenever this many have come together.\nconst BATCH_SIZE = 100;\n\n{% for line in sync.comment %}\n{{ line }}\n{% endfor %}\nexport default async function fetchData(nango: NangoSync): Promise<void> {\n    {{ sync.read_metadata }}\n    {{ sync.selection.items_constant }}\n    {{ sync.selection.folders_constant }}\n    {{ sync.check_metadata }}\n    if (items.length === 0 && folders.length === 0) {\n        throw new nango.ActionError({ message: {{ sync.selection.nothing_selected }} });\n    }\n\n    // Folders first, each with everything below it; one that was met before is not walked again.\n    const seen = new Set<string>();\n    for (const folder of folders) {\n        await saveFolder({{ sync.selection.handed }}, folder, seen);\n    }\n\n    let found: {{ sync.selection.model }}[] = [];\n    for (const item of items) {\n        found = [...found, ...(await fetchItem({{ sync.selection.handed }}, item))];\n        if (found.length >= BATCH_SIZE) {\n            {{ sync.selection.save_found }}\n            found = [];\n        }\n    }\n    {{ sync.selection.save_rest }}\n    await nango.log(`${seen.size} folders and ${items.length} single items are done`);\n}\n\n/** Saves what lies in a folder and in all folders below it. */\n{{ sync.selection.folder_signature }}\n    if (seen.has(folder)) {\n        return;\n    }\n    seen.add(folder);\n    const entries = await listFolder({{ sync.selection.handed }}, folder);\n    {{ sync.selection.inside }}\n    for (let first = 0; first < inside.length; first += BATCH_SIZE) {\n        {{ sync.selection.save_inside }}\n    }\n    await nango.log(`${inside.length} records in the folder ${folder}`);\n\n    {{ sync.selection.below }}\n    for (const next of below) {\n        await saveFolder({{ sync.selection.handed }}, {{ sync.selection.next_id }}, seen);\n    }\n}\n\n/** Every entry of a folder; what was found up to then when the API fails. */\n{{ sync.selection.list_signature }}\n    {{ sync.proxy_config }}\n\n    const entries: {{ sync.page_type }}[] = [];\n    // One folder that fails must not end the sync. @allowTryCatch\n    try {\n        for await (const page of nango.paginate<{{ sync.page_type }}>(proxyConfig)) {\n            entries.push(...page);\n        }\n    } catch (error) {\n        await nango.log(`The folder ${folder} could not be read to its end: ${String(error)}`, { level: 'error' });\n    }\n    return entries;\n}\n\n/** One item by its id; none when the API fails. */\n{{ sync.selection.item_signature }}\n    {{ sync.selection.item_config }}\n\n    // One item that fails must not end the sync. @allowTryCatch\n    try {\n        const response = await nango.get<{{ sync.page_type }}>(proxyConfig);\n        return [{{ sync.mapper }}(response.data)];\n    } catch (error) {\n        await nango.log(`The item ${item} was left out: ${String(error)}`, { level: 'error' });\n        return [];\n    }\n}\n", _31),
    'template/parts/sync-webhook.ts.jinja': ("\n{% for line in sync.webhook.comment %}\n{{ line }}\n{% endfor %}\nexport async function onWebhookPayloadReceived(nango: NangoSync, payload: unknown): Promise<void> {\n    {{ sync.webhook.record }}\n    if (!{{ sync.webhook.guard }}(record)) {\n        await nango.log('A webhook was left out: its payload holds no whole record', { level: 'warn' });\n        return;\n    }\n{% if sync.webhook.deleted %}\n    if ({{ sync.webhook.deleted }}) {\n        {{ sync.webhook.delete }}\n        return;\n    }\n{% endif %}\n    {{ sync.webhook.save }}\n}\n\n/** Whether a value of unknown shape has all that a record needs. */\nfunction {{ sync.webhook.guard }}(value: unknown): value is {{ sync.webhook.raw }} {\n    {{ sync.webhook.whole }}\n}\n\nfunction isObject(value: unknown): value is Record<string, unknown> {\n    return typeof value === 'object' && value !== null;\n}\n{% if sync.webhook.nested %}\n\n/** What stands in a value of unknown shape at some properties, one in the other. */\nfunction valueAt(value: unknown, steps: string[]): unknown {\n    return steps.reduce<unknown>((found, step) => (isObject(found) ? found[step] : undefined), value);\n}\n{% endif %}\n", _32),
    'template/parts/sync-window.ts.jinja': ("// How far back the first full pass reaches when the metadata names no start.\nconst LOOKBACK_YEARS = {{ sync.window.lookback_years }};\n\n{% for line in sync.comment %}\n{{ line }}\n{% endfor %}\nexport default async function fetchData(nango: NangoSync): Promise<void> {\n    {{ sync.read_metadata }}\n    {{ sync.check_metadata }}\n    const { fromDate, toDate, useMetadata } = metadata;\n    const now = new Date();\n\n    // Once a full pass is done, only what changed since the last run is asked for.\n    if (useMetadata === false && nango.lastSyncDate) {\n        // A pass of several runs ends before the last of them began: what lies between is asked for as well.\n        const covered = new Date(toDate ?? nango.lastSyncDate);\n        const since = covered < nango.lastSyncDate ? covered : nango.lastSyncDate;\n        await saveWindow({{ sync.window.handed }}, since, now);\n        await nango.updateMetadata({ fromDate: now.toISOString(), toDate: now.toISOString(), useMetadata: false });\n        return;\n    }\n\n    // A pass that was cut short goes on where its last finished window ended.\n    const firstDay = new Date(Date.UTC(now.getUTCFullYear() - LOOKBACK_YEARS, now.getUTCMonth(), 1));\n    const end = useMetadata && toDate ? new Date(toDate) : now;\n    let start = useMetadata && fromDate ? new Date(fromDate) : firstDay;\n    if (Number.isNaN(start.getTime()) || Number.isNaN(end.getTime()) || start > end) {\n        throw new nango.ActionError({ message: 'fromDate and toDate of the metadata must be dates, the first not after the second' });\n    }\n\n    while (start < end) {\n        const next = nextBoundary(start);\n        const windowEnd = next < end ? next : end;\n        const saved = await saveWindow({{ sync.window.handed }}, start, windowEnd);\n\n        // Noted after every window, so that a run that is cut short repeats one window and loses none.\n        await nango.updateMetadata({ fromDate: windowEnd.toISOString(), toDate: end.toISOString(), useMetadata: windowEnd < end });\n        await nango.log(`${saved} records from ${start.toISOString()} to ${windowEnd.toISOString()}`);\n        start = windowEnd;\n    }\n}\n\n/** The first moment of the {{ sync.window.unit }} after the one a date lies in, in UTC. */\nfunction nextBoundary(date: Date): Date {\n    return new Date({{ sync.window.next_boundary }});\n}\n\n/** Fetches and saves one window page by page; gives the number of records saved. */\n{{ sync.window.signature }}\n    {{ sync.proxy_config }}\n\n    let saved = 0;\n    for await (const page of nango.paginate<{{ sync.page_type }}>(proxyConfig)) {\n        {{ sync.save }}\n        saved += page.length;\n    }\n    return saved;\n}\n", _33),
}
