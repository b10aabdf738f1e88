# Completion of nango-scaffold for fish:  nango-scaffold completion fish | source

function __nango_scaffold_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program $words[1]
    set -e words[1]
    set -l answer ($program __complete fish $words "$current" 2>/dev/null)
    set -l begun (string match -r '^--[^=]*=' -- "$current")
    set -l rest (string replace -r '^--[^=]*=' '' -- "$current")
    switch "$answer[1]"
        case files
            __fish_complete_path "$rest" | string replace -r -- '^' "$begun"
        case folders
            __fish_complete_directories "$rest" '' | string replace -r -- '^' "$begun"
        case words unfinished
            printf '%s\n' $answer[2..-1]
    end
end

complete -c nango-scaffold -f -a '(__nango_scaffold_complete)'
