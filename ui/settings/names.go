package settings

import (
	"context"
	"io"
	"path/filepath"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/core/names"
	"rentbell/core/wholefile"
	"rentbell/ui/chooser"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// newNamesCard says how many names there are, and takes and gives whole lists.
func newNamesCard(w *tasks) *card {
	c := newCard(w)
	export := kit.NewButton(words.Say("Export names"), assets.Export, func() { exportNames(c) })
	c.row(func(p State) { frame.SetEnabled(export, namesCounted(p.Names) != "") })
	return c.titled(words.Say("Names"),
		c.text(kit.Body, func(p State) string {
			if counted := namesCounted(p.Names); counted != "" {
				return words.Say("%s.", counted)
			}
			return words.Say("You have given no names yet.")
		}),
		kit.NewProse(words.Say("AppFolio may send only ids. Name a lease, tenant, property, unit or vendor where its details are shown, or all at once from a spreadsheet saved as CSV."), kit.Caption),
		kit.Flow(8, kit.NewButton(words.Say("Import names"), nil, w.Do.ImportNames), export),
		c.trouble,
	)
}

// namesCounted is "2 leases, 1 vendor"; empty while nothing is named.
func namesCounted(table *names.Table) string {
	var parts []string
	for _, kind := range core.NameKinds() {
		if n := table.Given(kind); n > 0 {
			parts = append(parts, words.Tongue.Count(n, string(kind)))
		}
	}
	return words.Joined(parts...)
}

// exportNames asks where the names go, and writes them.
func exportNames(c *card) {
	c.Chooser.Save(chooser.Ask{Title: words.Say("Save names"), About: "names", Name: "Rentbell names.csv"}, func(path string) {
		table := c.Bell.Names()
		frame.Background(c.Post, func(ctx context.Context) (string, error) {
			return path, wholefile.Write(ctx, path, func(w io.Writer) error { return names.Write(w, table, "") })
		}, func(path string, err error) {
			if err != nil {
				c.tell(err)
				return
			}
			c.say(words.Say("Saved as %s.", filepath.Base(path)), kit.Caption)
		})
	})
}
