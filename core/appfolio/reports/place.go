package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"rentbell/core"
)

// Place is where something is, in the words of a report. Each part may be empty.
type Place struct{ Property, Unit string }

// place is where the thing of a row is.
func (r *reader) place() Place {
	p := Place{Property: propertyName(r.textUpTo(RoleProperty, core.MaxName)), Unit: r.textUpTo(RoleUnit, core.MaxName)}
	if p.Property == "" {
		p.Property = r.group
	}
	return p
}

// IsZero reports whether nobody knows where it is.
func (p Place) IsZero() bool { return p == Place{} }

// ID stands for the lease of a place, where a report has no ids of leases. People read it:
// "Alder Court/1B", or "27 Quarry Lane" for a house without units.
func (p Place) ID() string {
	id := p.Property + "/" + p.Unit
	switch {
	case p.Unit == "":
		id = p.Property
	case p.Property == "":
		id = p.Unit
	}
	if len(id) > longestPlace {
		sum := sha256.Sum256([]byte(strings.ToLower(id)))
		return "place-" + hex.EncodeToString(sum[:8])
	}
	return id
}

// longestPlace leaves room in the ids of events, in bytes.
const longestPlace = 400

// Folded is the ID as places are compared: it is the same in whatever case it is written.
func (p Place) Folded() string { return strings.ToLower(p.ID()) }

// propertyName is a property without the address behind it: AppFolio writes "Alder Court -
// 12 Alder St Springfield, IL 62701". Of "Oak - North" all is the name.
func propertyName(text string) string {
	if at := strings.LastIndex(text, " - "); at > 0 {
		address := strings.Fields(text[at+3:])
		if len(address) > 2 && address[0][0] >= '0' && address[0][0] <= '9' {
			return strings.TrimSpace(text[:at])
		}
	}
	return text
}

// groupName is the property of a line above a group, which always has its address.
func groupName(text string) string {
	text = core.OneLine(core.Meant(text))
	name := propertyName(text)
	if name == text {
		name, _, _ = strings.Cut(text, " - ")
	}
	return core.CleanName(name)
}
