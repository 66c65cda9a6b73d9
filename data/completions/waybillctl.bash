# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of waybillctl for bash: commands, their options and their fixed words.

_waybillctl() {
    local cur prev command="" i
    local commands="sync orders show refresh hold release merges merge unmerge rates ship shipments print print-batch print-set label-sheet reprint accept void paper pick-list hand-over evidence products product exceptions operations resolve money
        refund release-charge renew authorisations received write-off request-payment
        events connect connections disconnect origin package printer listings listing publish listen audit statuses tell-shop pieces orders-import orders-aside orders-export order-add rules rule stock waves wave reorder supplier purchase backup restore doctor version help practice-day"
    local globals="--book --workspace --practice --secrets-file --trace --json --quiet --help"
    local options="" fixed=""

    cur=${COMP_WORDS[COMP_CWORD]}
    prev=${COMP_WORDS[COMP_CWORD-1]}
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            --book|--workspace|--practice|--secrets-file|--trace) ((i++)) ;;
            -*) ;;
            *) command=${COMP_WORDS[i]}; break ;;
        esac
    done

    case $prev in
        --book|--secrets-file|--trace|--secrets-from|--to|--preview)
            mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
        --practice|--folder)
            mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
        --capturer) mapfile -t COMPREPLY < <(compgen -W "gateway shop none" -- "$cur"); return ;;
        --format) mapfile -t COMPREPLY < <(compgen -W "pdf png pwg zpl epl2 tspl" -- "$cur"); return ;;
        --stage)
            mapfile -t COMPREPLY < <(compgen -W "waiting ready hold partial shipped nothing cancelled" -- "$cur"); return ;;
        --state)
            if [[ $command == shipments ]]; then
                mapfile -t COMPREPLY < <(compgen -W "planned labelled shipped void" -- "$cur")
            elif [[ $command == money ]]; then
                mapfile -t COMPREPLY < <(compgen -W "matched under over not-captured captured-unshipped lapsed refunded open" -- "$cur")
            else
                mapfile -t COMPREPLY < <(compgen -W "planned sending done refused unsure abandoned" -- "$cur")
            fi
            return ;;
    esac

    case $command in
        "") mapfile -t COMPREPLY < <(compgen -W "$commands $globals --version" -- "$cur"); return ;;
        orders) options="--stage --search --needs-person --backorder --limit" ;;
        show) options="--raw" ;;
        hold) options="--reason" ;;
        rates) options="--package --weight --line --carrier --signature --insure" ;;
        ship) options="--package --weight --line --carrier --signature --insure --service --dry-run --yes" ;;
        shipments) options="--state --limit" ;;
        print) options="--to"; fixed="label slip" ;;
        reprint) fixed="label slip" ;;
        paper) options="--out --shipment --sheet --start"; fixed="slip gift receipt return address cn22 cn23 customs invoice" ;;
        pick-list|evidence) options="--out" ;;
        hand-over) options="--out --date" ;;
        products) options="--gaps" ;;
        product) options="--name --weight --hs --origin --customs-name --barcode --bin --digital" ;;
        stock) options="--bin --location --to-bin --to-location --lot --expires --reason --write-off --rule --whole --pack"
            fixed="list receive adjust count move track untrack take-back movements allocate kit code verify export import" ;;
        reorder) options="--service --review --lead" ;;
        supplier) options="--lead --currency --pack --moq" ;;
        purchase) options="--expected --bin --all"; fixed="list order arrived cancel" ;;
        accept) options="--proposed --preview --yes" ;;
        void|disconnect) options="--yes" ;;
        operations) options="--state --limit" ;;
        money)
            options="--month --from --to --state --all --accepted --kind --sender --account --currency --dates --columns --dispute-days --form"
            fixed="sync reconcile payouts import export" ;;
        refund) options="--line --shipping --amount --all --reason --restock --by-hand --silent --dry-run --id --yes" ;;
        release-charge|renew) options="--yes" ;;
        authorisations) options="--warn" ;;
        received) options="--how --id --yes" ;;
        write-off) options="--reason --id --yes" ;;
        request-payment) options="--amount --link" ;;
        resolve) options="--happened --did-not-happen --evidence" ;;
        events) options="--after --follow" ;;
        connect)
            options="--name --url --capturer --gateway --setting --secrets-from --yes"
            case $prev in
                connect) fixed="shop carrier gateway" ;;
                shop) fixed="woocommerce" ;;
                carrier) fixed="easypost" ;;
                gateway) fixed="stripe paypal manual" ;;
            esac ;;
        origin)
            options="--company --street --street2 --city --region --postcode --country --phone --email --zone --chosen"
            fixed="list add" ;;
        package) options="--size --weight --chosen"; fixed="list add" ;;
        printer)
            options="--queue --ipp --socket --folder --station --here --format --media --dpi --sensor --gap --darkness --speed --rotation --nudge --finish"
            fixed="list queues test label slip pick-list customs return-slip" ;;
        print-batch) options="--slips --batch --from --cancel" ;;
        label-sheet) options="--sheet --start --out" ;;
        backup|restore)
            [[ $command == restore ]] && options="--yes"
            if [[ $cur != -* ]]; then
                mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return
            fi ;;
        listings) options="--sync --unmatched --make-products" ;;
        listing) options="--product --make-product --keep-back --withhold --offer" ;;
        publish) options="--on --off --keep-back --try" ;;
        listen) options="--address --port --set-secret --forget-secret --secrets-from" ;;
        statuses) fixed="unpaid open done cancelled" ;;
        orders-import|orders-export|order-add)
            if [[ $cur != -* ]]; then
                mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return
            fi ;;&
        orders-import) options="--preview --columns --currency --country --dates --decimal" ;;
        orders-export) options="--channel --stage --find" ;;
        order-add)
            options="--line --currency --shipping --customer --name --email --phone --company --street --postcode --city
                --country --paid --before-payment --id" ;;
        tell-shop) options="--to-customer --restock"; fixed="note status cancel hold release" ;;
        pieces) options="--to-customer --restock --reason --dry-run --yes" ;;
        rules) options="--try --apply" ;;
        waves) options="--all" ;;
        wave)
            options="--method --channel --ship-by --service --zone --most --totes --out"
            fixed="make scan pick back short found take-out put-in finish cancel print list" ;;
        rule) options="--when --then --place --stop --on --off --remove" ;;
        doctor) options="--offline" ;;
        help) fixed=$commands ;;
        practice-day) options="--folder --orders --seed" ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$options $globals $fixed" -- "$cur")
}
complete -o nosort -F _waybillctl waybillctl
