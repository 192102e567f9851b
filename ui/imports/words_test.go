package imports

import (
	"testing"

	"rentbell/core"
	"rentbell/core/imports"
)

func TestEveryRoleHasWords(t *testing.T) {
	kinds := append(core.ReportKinds(), core.TableRents)
	for _, kind := range core.NameKinds() {
		kinds = append(kinds, core.TableOfNames(kind))
	}
	for _, kind := range kinds {
		roles, _ := imports.Roles(kind)
		for _, role := range roles {
			if text := roleText(kind, role); text == string(role) {
				t.Errorf("a column of %s that is %q has no words", kind, role)
			}
		}
	}
}
