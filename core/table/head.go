package table

import (
	"strings"
	"unicode"
)

// deepestHead is the row by which titles have come: reports begin with lines that
// say what they are of.
const deepestHead = 15

// Head returns the row that holds the titles, an index of Rows; -1: there is none.
// It is the one with the most titles that people use, in several languages, or
// else the first when only the rows below it hold codes.
func (t Table) Head() int {
	best, most := -1, 0
	for i, row := range t.Rows[:min(len(t.Rows), deepestHead)] {
		known, digits := 0, 0
		for _, cell := range row.Cells {
			if IsTitle(cell) {
				known++
			} else if strings.ContainsFunc(cell, unicode.IsDigit) {
				digits++
			}
		}
		if known > most && known > digits {
			best, most = i, known
		}
	}
	if best < 0 && t.headByShape() {
		return 0
	}
	return best
}

// headByShape reports whether the first row has no digits, and the rows below it
// have some in each cell of a column.
func (t Table) headByShape() bool {
	if len(t.Rows) < 2 || strings.ContainsFunc(strings.Join(t.Rows[0].Cells, ""), unicode.IsDigit) {
		return false
	}
	for column, title := range t.Rows[0].Cells {
		codes, others := 0, 0
		for _, row := range t.Rows[1:] {
			switch cell := row.Cell(column); {
			case strings.ContainsFunc(cell, unicode.IsDigit):
				codes++
			case cell != "" && !row.Caption():
				others++
			}
		}
		if title != "" && codes > 0 && others == 0 {
			return true
		}
	}
	return false
}

// Title is a title as it is compared: words in lower case, without punctuation.
// "lease_id", "LeaseID" and "Lease ID:" are the same.
func Title(cell string) string {
	var words strings.Builder
	last := ' '
	for _, r := range cell {
		switch {
		case unicode.Is(unicode.Cf, r):
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r):
			r = ' '
		case unicode.IsUpper(r) && unicode.IsLower(last):
			words.WriteRune(' ')
		}
		last = r
		words.WriteRune(unicode.ToLower(r))
	}
	return strings.Join(strings.Fields(words.String()), " ")
}

// IsTitle reports whether a cell is a title that people use for a column.
func IsTitle(cell string) bool {
	title := Title(cell)
	return title == "id" || strings.HasSuffix(title, " id") || titles[title]
}

// titles are those of lists of tenants, leases, units and vendors and of AppFolio's reports, by
// Title.
var titles = setOf(`
	name, first name, last name, full name, display name, company, company name, lease, lease name, lease number, leaseid, tenant, tenant name,
	tenants, tenantid, resident, resident name, occupant, occupants, occupancy, property, property name, propertyid, unit, unit name, unit number, unitid,
	vendor, vendor name, vendorid, payee, payee name, address, unit address, property address, street, city, state, zip, kind, type, property type, status,
	phone, phone number, phone numbers, email, emails, e mail, rent, market rent, deposit, balance, amount, date, move in, move out, lease from, lease to,
	start date, end date, lease start, lease end, bd ba, sqft, tags, notes, number, code, reference,
	receipt date, receipt amount, receipt number, receipt description, payer, payer name, description, remarks, payment type, payment method, last payment,
	amount receivable, amount due, balance due, past due, work order number, priority, vendor trade, job description, created at, created on, scheduled start,
	kennung, nummer, nr, bezeichnung, vorname, nachname, mieter, mietername, vertrag, mietvertrag, vertragsnummer, objekt, immobilie, wohnung, einheit, adresse, miete,
	identificador, código, codigo, número, numero, nombre, nombre completo, apellido, apellidos, inquilino, arrendatario, contrato, propiedad, inmueble, unidad,
	proveedor, dirección, direccion, alquiler, renta, identifiant, numéro, nom, prénom, prenom, locataire, bail, propriété, logement, fournisseur, adresse, loyer,
	nome, cognome, sobrenome, imóvel, unidade, fornecedor, endereço, aluguel, affitto, naam, huurder, huur,
	编号, 编码, 号码, 标识, 名称, 名字, 姓名, 租户, 租客, 租户姓名, 租约, 租约编号, 合同, 房产, 物业, 单元, 房号, 供应商, 地址, 租金, 電話, 电话, 編號, 名稱, 租戶, 租約, 單位`)

func setOf(list string) map[string]bool {
	set := map[string]bool{}
	for _, title := range strings.Split(list, ",") {
		set[strings.TrimSpace(title)] = true
	}
	return set
}
