import type { Files } from '../../python/files';

/**
 * The networks of torchvision that decoders are built on, as Python that the interpreter runs like a module of
 * the workspace: so what the code takes from one, or puts in its place, is what it would be.
 * Names, order of children and shapes are those of pytorch/vision:torchvision/models/{resnet,vgg,densenet,mobilenetv2}.py
 * (0.28); what leaves shapes as they are and is not looked at by others is left out.
 */
const source = `
import torch
from torch import nn

def around(inputs, outputs, stride=1, groups=1, dilation=1):
    return nn.Conv2d(inputs, outputs, 3, stride, dilation, dilation, groups, bias=False)

class BasicBlock(nn.Module):
    expansion = 1
    def __init__(self, inplanes, planes, stride=1, downsample=None, groups=1, base_width=64, dilation=1, norm_layer=None):
        super().__init__()
        self.conv1 = around(inplanes, planes, stride)
        self.bn1 = nn.BatchNorm2d(planes)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = around(planes, planes)
        self.bn2 = nn.BatchNorm2d(planes)
        self.downsample = downsample
        self.stride = stride
    def forward(self, x):
        identity = x if self.downsample is None else self.downsample(x)
        out = self.relu(self.bn1(self.conv1(x)))
        return self.relu(self.bn2(self.conv2(out)) + identity)

class Bottleneck(nn.Module):
    expansion = 4
    def __init__(self, inplanes, planes, stride=1, downsample=None, groups=1, base_width=64, dilation=1, norm_layer=None):
        super().__init__()
        width = planes * base_width // 64 * groups
        self.conv1 = nn.Conv2d(inplanes, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = around(width, width, stride, groups, dilation)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, planes * 4, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(planes * 4)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = downsample
        self.stride = stride
    def forward(self, x):
        identity = x if self.downsample is None else self.downsample(x)
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.relu(self.bn2(self.conv2(out)))
        return self.relu(self.bn3(self.conv3(out)) + identity)

class ResNet(nn.Module):
    def __init__(self, block, layers, num_classes=1000, zero_init_residual=False, groups=1, width_per_group=64, replace_stride_with_dilation=None, norm_layer=None):
        super().__init__()
        self.inplanes = 64
        self.dilation = 1
        self.groups = groups
        self.base_width = width_per_group
        dilate = replace_stride_with_dilation if replace_stride_with_dilation is not None else [False, False, False]
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.layer1 = self._make_layer(block, 64, layers[0])
        self.layer2 = self._make_layer(block, 128, layers[1], 2, dilate[0])
        self.layer3 = self._make_layer(block, 256, layers[2], 2, dilate[1])
        self.layer4 = self._make_layer(block, 512, layers[3], 2, dilate[2])
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(512 * block.expansion, num_classes)
    def _make_layer(self, block, planes, blocks, stride=1, dilate=False):
        before = self.dilation
        if dilate:
            self.dilation *= stride
            stride = 1
        downsample = None
        if stride != 1 or self.inplanes != planes * block.expansion:
            downsample = nn.Sequential(nn.Conv2d(self.inplanes, planes * block.expansion, 1, stride, bias=False), nn.BatchNorm2d(planes * block.expansion))
        made = [block(self.inplanes, planes, stride, downsample, self.groups, self.base_width, before)]
        self.inplanes = planes * block.expansion
        for _ in range(1, blocks):
            made.append(block(self.inplanes, planes, groups=self.groups, base_width=self.base_width, dilation=self.dilation))
        return nn.Sequential(*made)
    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(self.avgpool(x), 1))

def resnet18(pretrained=False, progress=True, weights=None, **others):
    return ResNet(BasicBlock, [2, 2, 2, 2], **others)
def resnet34(pretrained=False, progress=True, weights=None, **others):
    return ResNet(BasicBlock, [3, 4, 6, 3], **others)
def resnet50(pretrained=False, progress=True, weights=None, **others):
    return ResNet(Bottleneck, [3, 4, 6, 3], **others)
def resnet101(pretrained=False, progress=True, weights=None, **others):
    return ResNet(Bottleneck, [3, 4, 23, 3], **others)
def resnet152(pretrained=False, progress=True, weights=None, **others):
    return ResNet(Bottleneck, [3, 8, 36, 3], **others)
def resnext50_32x4d(pretrained=False, progress=True, weights=None, **others):
    return ResNet(Bottleneck, [3, 4, 6, 3], groups=32, width_per_group=4, **others)
def resnext101_32x8d(pretrained=False, progress=True, weights=None, **others):
    return ResNet(Bottleneck, [3, 4, 23, 3], groups=32, width_per_group=8, **others)
def wide_resnet50_2(pretrained=False, progress=True, weights=None, **others):
    return ResNet(Bottleneck, [3, 4, 6, 3], width_per_group=128, **others)
def wide_resnet101_2(pretrained=False, progress=True, weights=None, **others):
    return ResNet(Bottleneck, [3, 4, 23, 3], width_per_group=128, **others)

class VGG(nn.Module):
    def __init__(self, features, num_classes=1000, init_weights=True, dropout=0.5):
        super().__init__()
        self.features = features
        self.avgpool = nn.AdaptiveAvgPool2d((7, 7))
        self.classifier = nn.Sequential(
            nn.Linear(512 * 7 * 7, 4096), nn.ReLU(True), nn.Dropout(dropout),
            nn.Linear(4096, 4096), nn.ReLU(True), nn.Dropout(dropout), nn.Linear(4096, num_classes))
    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))

def vgg(repeats, batch_norm, others):
    layers, inputs = [], 3
    for width, repeat in zip([64, 128, 256, 512, 512], repeats):
        for _ in range(repeat):
            layers.append(nn.Conv2d(inputs, width, 3, padding=1))
            if batch_norm:
                layers.append(nn.BatchNorm2d(width))
            layers.append(nn.ReLU(inplace=True))
            inputs = width
        layers.append(nn.MaxPool2d(2, 2))
    return VGG(nn.Sequential(*layers), **others)

def vgg11(pretrained=False, progress=True, weights=None, **others):
    return vgg([1, 1, 2, 2, 2], False, others)
def vgg11_bn(pretrained=False, progress=True, weights=None, **others):
    return vgg([1, 1, 2, 2, 2], True, others)
def vgg13(pretrained=False, progress=True, weights=None, **others):
    return vgg([2, 2, 2, 2, 2], False, others)
def vgg13_bn(pretrained=False, progress=True, weights=None, **others):
    return vgg([2, 2, 2, 2, 2], True, others)
def vgg16(pretrained=False, progress=True, weights=None, **others):
    return vgg([2, 2, 3, 3, 3], False, others)
def vgg16_bn(pretrained=False, progress=True, weights=None, **others):
    return vgg([2, 2, 3, 3, 3], True, others)
def vgg19(pretrained=False, progress=True, weights=None, **others):
    return vgg([2, 2, 4, 4, 4], False, others)
def vgg19_bn(pretrained=False, progress=True, weights=None, **others):
    return vgg([2, 2, 4, 4, 4], True, others)

class DenseBlock(nn.Module):
    def __init__(self, count, inputs, bottleneck, growth):
        super().__init__()
        self.layers = nn.ModuleList([nn.Sequential(
            nn.BatchNorm2d(inputs + i * growth), nn.ReLU(inplace=True), nn.Conv2d(inputs + i * growth, bottleneck * growth, 1, bias=False),
            nn.BatchNorm2d(bottleneck * growth), nn.ReLU(inplace=True), around(bottleneck * growth, growth)) for i in range(count)])
    def forward(self, x):
        for layer in self.layers:
            x = torch.cat([x, layer(x)], 1)
        return x

class DenseNet(nn.Module):
    def __init__(self, growth_rate=32, block_config=(6, 12, 24, 16), num_init_features=64, bn_size=4, drop_rate=0, num_classes=1000, memory_efficient=False):
        super().__init__()
        self.features = nn.Sequential()
        self.features.add_module('conv0', nn.Conv2d(3, num_init_features, 7, 2, 3, bias=False))
        self.features.add_module('norm0', nn.BatchNorm2d(num_init_features))
        self.features.add_module('relu0', nn.ReLU(inplace=True))
        self.features.add_module('pool0', nn.MaxPool2d(3, 2, 1))
        width = num_init_features
        for i, count in enumerate(block_config):
            self.features.add_module('denseblock%d' % (i + 1), DenseBlock(count, width, bn_size, growth_rate))
            width += count * growth_rate
            if i != len(block_config) - 1:
                transition = nn.Sequential()
                transition.add_module('norm', nn.BatchNorm2d(width))
                transition.add_module('relu', nn.ReLU(inplace=True))
                transition.add_module('conv', nn.Conv2d(width, width // 2, 1, bias=False))
                transition.add_module('pool', nn.AvgPool2d(2, 2))
                self.features.add_module('transition%d' % (i + 1), transition)
                width //= 2
        self.features.add_module('norm5', nn.BatchNorm2d(width))
        self.classifier = nn.Linear(width, num_classes)
    def forward(self, x):
        out = nn.functional.adaptive_avg_pool2d(nn.functional.relu(self.features(x)), (1, 1))
        return self.classifier(torch.flatten(out, 1))

def densenet121(pretrained=False, progress=True, weights=None, **others):
    return DenseNet(32, (6, 12, 24, 16), 64, **others)
def densenet161(pretrained=False, progress=True, weights=None, **others):
    return DenseNet(48, (6, 12, 36, 24), 96, **others)
def densenet169(pretrained=False, progress=True, weights=None, **others):
    return DenseNet(32, (6, 12, 32, 32), 64, **others)
def densenet201(pretrained=False, progress=True, weights=None, **others):
    return DenseNet(32, (6, 12, 48, 32), 64, **others)

def block_of(inputs, outputs, kernel=3, stride=1, groups=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, (kernel - 1) // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs), nn.ReLU6(inplace=True))

class InvertedResidual(nn.Module):
    def __init__(self, inputs, outputs, stride, expand):
        super().__init__()
        hidden = inputs * expand
        self.use_res_connect = stride == 1 and inputs == outputs
        first = [block_of(inputs, hidden, 1)] if expand != 1 else []
        self.conv = nn.Sequential(*first, block_of(hidden, hidden, 3, stride, hidden), nn.Conv2d(hidden, outputs, 1, bias=False), nn.BatchNorm2d(outputs))
    def forward(self, x):
        return x + self.conv(x) if self.use_res_connect else self.conv(x)

class MobileNetV2(nn.Module):
    def __init__(self, num_classes=1000, dropout=0.2):
        super().__init__()
        features, inputs = [block_of(3, 32, 3, 2)], 32
        for expand, width, count, stride in [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]:
            for i in range(count):
                features.append(InvertedResidual(inputs, width, stride if i == 0 else 1, expand))
                inputs = width
        features.append(block_of(320, 1280, 1))
        self.features = nn.Sequential(*features)
        self.classifier = nn.Sequential(nn.Dropout(dropout), nn.Linear(1280, num_classes))
    def forward(self, x):
        return self.classifier(torch.flatten(nn.functional.adaptive_avg_pool2d(self.features(x), (1, 1)), 1))

def mobilenet_v2(pretrained=False, progress=True, weights=None, **others):
    return MobileNetV2(**others)
`;

/** The path of the module; none of a workspace is called so. */
const path = '<torchvision>/encoders.py';

/** What is bundled of libraries. */
export const librarySources: Files = { read: asked => asked === path ? source : undefined };

/** Whether a file is one of those: there is nothing to open. */
export function isBundled(file: string | undefined): boolean {
  return file?.startsWith('<') === true;
}

/** The functions in it: `resnet34`. */
const names = new Set([...source.matchAll(/^def ((?:resne|wide_resnet|vgg\d|densenet|mobilenet)\w+)/gm)].map(found => found[1]));

/** What `torchvision.models.resnet34`, or `torchvision.models.resnet.resnet34`, is in the bundled module. */
export function encoderImport(name: string): { readonly kind: 'import'; readonly module: string; readonly level: number; readonly name: string; readonly from: string } | undefined {
  const last = /^torchvision\.models\.(?:(?:resnet|vgg|densenet|mobilenet|mobilenetv2)\.)?(\w+)$/.exec(name)?.[1];
  return last === undefined || !names.has(last) ? undefined : { kind: 'import', module: 'encoders', level: 0, name: last, from: path };
}
