package imports

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// kindRow asks what a table holds. One chip stands for the names of all kinds of
// things; it opens a menu of them.
type kindRow struct {
	object *fyne.Container
	names  *kit.FilterChip
	naming core.TableKind // which names that chip stands for
	now    core.TableKind
	others map[core.TableKind]*kit.FilterChip
	flows  []*fyne.Container
	pick   func(core.TableKind)
}

func newKindRow(pick func(core.TableKind)) *kindRow {
	k := &kindRow{naming: core.TableOfNames(core.NameLease), others: map[core.TableKind]*kit.FilterChip{}, pick: pick}
	k.names = kit.NewFilterChip("", k.openNames)
	k.names.SetOpens(true)
	own := kit.Flow(8, k.names, k.chip(core.TableRents))
	reports := kit.Flow(8, kit.Inset(0, 4, 0, 0, kit.NewText(words.Say("AppFolio report"), kit.Muted)))
	for _, report := range reportKinds() {
		reports.Add(k.chip(report))
	}
	k.flows = []*fyne.Container{own, reports}
	k.object = kit.VStack(2, own, reports)
	return k
}

func (k *kindRow) chip(of core.TableKind) *kit.FilterChip {
	k.others[of] = kit.NewFilterChip(kindText(of), func() { k.pick(of) })
	return k.others[of]
}

// openNames asks which names a table holds.
func (k *kindRow) openNames() {
	var items []kit.MenuItem
	for _, kind := range core.NameKinds() {
		of := core.TableOfNames(kind)
		item := kit.MenuItem{Text: kindText(of), Do: func() { k.pick(of) }}
		if of == k.now {
			item.Icon = assets.Check
		}
		items = append(items, item)
	}
	kit.OpenMenu(k.names, items...)
}

func (k *kindRow) show(now core.TableKind) {
	k.now = now
	_, names := now.Names()
	if names {
		k.naming = now
	}
	k.names.Set(kindText(k.naming), names)
	for kind, chip := range k.others {
		chip.Set(kindText(kind), kind == now)
	}
	for _, f := range k.flows {
		kit.Relayout(f)
		f.Refresh()
	}
}

// reportKinds are AppFolio's reports in the order in which they are asked for.
func reportKinds() []core.TableKind {
	return []core.TableKind{core.TableIncome, core.TableRentRoll, core.TableDelinquency, core.TableWorkOrders}
}
