package words

import "strings"

// Stem returns the entity an identifier parameter names: order of order_id,
// orderId, order_number; empty for names that identify nothing by themselves.
func Stem(name string) string {
	parts := Split(name)
	if len(parts) < 2 {
		return ""
	}
	switch last := parts[len(parts)-1]; last {
	case "id", "ids", "uuid", "guid", "uid", "arn", "number", "no", "key", "code", "slug", "sid", "identifier", "uri", "name", "num", "ref", "reference":
		if (last == "name" || last == "code" || last == "number") && len(parts) == 2 && vague[parts[0]] {
			return ""
		}
		parts = parts[:len(parts)-1]
	default:
		return ""
	}
	last := len(parts) - 1
	parts[last] = Singular(parts[last])
	return strings.Join(parts, "_")
}

// vague words before _name, _number or _code describe a value and name no entity.
var vague = Set("first last full middle user display phone zip postal country currency file area page line house street card status error area country region language time sort column field given family short long common sur nick host domain company city state account routing serial model version access security promo discount coupon verification auth tax vat bank api secret public private event")
