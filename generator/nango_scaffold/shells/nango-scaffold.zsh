#compdef nango-scaffold
# Completion of nango-scaffold for zsh:  source <(nango-scaffold completion zsh), behind compinit

_nango_scaffold() {
    local line word
    local -a answer described space
    answer=("${(@f)$(${(Q)words[1]} __complete zsh "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    case $answer[1] in
        files)
            compset -P '*='
            _files
            return
            ;;
        folders)
            compset -P '*='
            _files -/
            return
            ;;
        unfinished) space=(-S '') ;;
    esac
    for line in "${(@)answer[2,-1]}"; do
        word=${line%%$'\t'*}
        described+=("${word//:/\\:}:${line#*$'\t'}")
    done
    (( $#described )) && _describe -t values nango-scaffold described $space
}

if [[ $funcstack[1] == _nango_scaffold ]]; then
    _nango_scaffold "$@"
else
    compdef _nango_scaffold nango-scaffold
fi
