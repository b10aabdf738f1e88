# Completion of nango-scaffold for bash:  eval "$(nango-scaffold completion bash)"

_nango_scaffold() {
    local program="${COMP_WORDS[0]/#\~/$HOME}" current="${COMP_WORDS[COMP_CWORD]}" kind line
    [[ $current == [=:] ]] && current=''
    COMPREPLY=()
    {
        read -r kind
        case $kind in
            files)
                _nango_scaffold_paths -f "$current"
                ;;
            folders)
                _nango_scaffold_paths -d "$current"
                ;;
            unfinished | words)
                [[ $kind == unfinished ]] && compopt -o nospace 2>/dev/null
                while IFS= read -r line; do COMPREPLY+=("${line%%$'\t'*}"); done
                ;;
        esac
    } < <("$program" __complete bash "$COMP_WORDBREAKS" "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
}

# Paths are quoted by bash itself, or here where it cannot be told to (3.2): a file may be called $(anything).
_nango_scaffold_paths() {
    local line quoted=''
    compopt -o filenames 2>/dev/null || quoted=1
    while IFS= read -r line; do
        [[ $quoted ]] && printf -v line %q "$line"
        COMPREPLY+=("$line")
    done < <(compgen "$1" -- "$2")
}

complete -F _nango_scaffold nango-scaffold
