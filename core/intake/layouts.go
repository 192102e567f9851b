package intake

import (
	"fmt"
	"slices"

	"rentbell/core"
)

// Layouts are those that people chose, the latest last. It reads the disk.
func (i *Intake) Layouts() ([]core.Layout, error) { return i.cfg.Store.Layouts() }

// KeepLayout remembers what a person chose, in place of an earlier choice for the same
// kind and titles.
func (i *Intake) KeepLayout(l core.Layout) error {
	i.changing.Lock()
	defer i.changing.Unlock()
	layouts, err := i.cfg.Store.Layouts()
	if err != nil {
		return fmt.Errorf("remember a layout: %w", err)
	}
	layouts = slices.DeleteFunc(layouts, func(old core.Layout) bool { return old.Kind == l.Kind && old.Titles == l.Titles })
	layouts = append(layouts, l)
	if err := i.cfg.Store.SaveLayouts(layouts[max(0, len(layouts)-core.MostLayouts):]); err != nil {
		return fmt.Errorf("remember a layout: %w", err)
	}
	return nil
}
