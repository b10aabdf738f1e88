# Completion of nango-scaffold for bash:  eval "$(nango-scaffold completion bash)"

_nango_scaffold() {
    local program="${COMP_WORDS[0]/#\~/$HOME}" current="${COMP_WORDS[COMP_CWORD]}" kind line
    [[ $current == [=:] ]] && current=''
    COMPREPLY=()
    {
        read -r kind
        case $kind in
            files)
                compopt -o filenames 2>/dev/null
                while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
                ;;
            folders)
                compopt -o filenames 2>/dev/null
                while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$current")
                ;;
            unfinished | words)
                [[ $kind == unfinished ]] && compopt -o nospace 2>/dev/null
                while IFS= read -r line; do COMPREPLY+=("${line%%$'\t'*}"); done
                ;;
        esac
    } < <("$program" __complete bash "$COMP_WORDBREAKS" "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
}

complete -F _nango_scaffold nango-scaffold
